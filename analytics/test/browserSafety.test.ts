// What browsers load must hold no server code: the imports of the catalogue and of the client are
// walked, through every file of ours, down to the packages.
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../src/', import.meta.url));

/** Imports and re-exports that stay at run time: those of types are erased. */
const IMPORT = /^\s*(?:import|export)\s+(?!type\b)[^'"]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'/gm;

interface Reach {
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
}

async function walk(entry: string): Promise<Reach> {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [resolve(source, entry)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const text = await readFile(file, 'utf8');
    for (const [, named, bare] of text.matchAll(IMPORT)) {
      const target = named ?? bare ?? '';
      if (target.startsWith('.')) waiting.push(resolve(dirname(file), target));
      else packages.add(target);
    }
  }
  return { files: new Set([...files].map((file) => file.slice(source.length))), packages };
}

describe('@retour/analytics/client', () => {
  it('reaches its own folder and openapi-fetch, and nothing else', async () => {
    const { files, packages } = await walk('client/index.ts');
    expect([...packages]).toEqual(['openapi-fetch']);
    expect([...files].filter((file) => !file.startsWith('client/'))).toEqual([]);
    expect(files.size).toBeGreaterThan(2);
  });
});

describe('@retour/analytics/catalogue', () => {
  it('reaches the metrics, and nothing else', async () => {
    const { files, packages } = await walk('metrics/catalogue.ts');
    expect([...packages]).toEqual([]);
    expect([...files].filter((file) => !file.startsWith('metrics/'))).toEqual([]);
    expect(files.size).toBeGreaterThan(16);
  });
});
