import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname, '../..');
const adapters = join(src, 'adapters');

/** What the SDK's bundles are built from. */
const ENTRIES = [
  join(src, 'index.ts'),
  ...readdirSync(adapters)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(adapters, name)),
  join(src, 'contract/index.ts'),
  join(src, 'meter/index.ts'),
];

/** Every import that leaves code behind: `import type` and `export type` do not. */
const IMPORT =
  /^\s*(?:import|export)\s+(?!type\b)[^;]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;

function walk(entries: readonly string[]): {
  readonly files: Set<string>;
  readonly packages: Set<string>;
} {
  const files = new Set<string>();
  const packages = new Set<string>();
  const open = [...entries];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const [, ...found] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const target = found.find((each) => each !== undefined) ?? '';
      if (target.startsWith('.')) open.push(resolve(dirname(file), target));
      else packages.add(target);
    }
  }
  return { files, packages };
}

describe('the SDK', () => {
  it('has entries that exist', () => {
    for (const entry of ENTRIES) expect([entry, existsSync(entry)]).toEqual([entry, true]);
  });

  it('imports neither zod nor any other package, nor the schemas', () => {
    const { files, packages } = walk(ENTRIES);
    expect([...packages]).toEqual([]);
    expect([...files].filter((file) => file.startsWith(import.meta.dirname))).toEqual([]);
    expect(files.size).toBeGreaterThan(20);
  });

  it('would be caught importing the schemas', () => {
    const { packages } = walk([join(import.meta.dirname, 'index.ts')]);
    expect([...packages]).toContain('zod');
  });
});
