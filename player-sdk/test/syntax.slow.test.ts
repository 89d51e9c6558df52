// What the oldest engines that we name can read: ES2017 modules, and an ES2015 script for the sets of
// webOS 4. Newer syntax, and newer globals and methods as far as the tool knows them, fail here.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleEntries } from '../build/entries.mjs';
import { bundleScript } from '../build/script.mjs';

const folder = mkdtempSync(join(tmpdir(), 'retour-syntax-'));
const tool = createRequire(import.meta.url).resolve('es-check');

function write(name: string, code: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), code);
}

/** What the tool objects to; empty where nothing is. */
function check(version: string, files: string, ...more: string[]): string {
  const program = join(dirname(tool), 'cli/index.js');
  const flags = ['--checkFeatures', '--noCache', '--noColor', ...more];
  try {
    execFileSync(process.execPath, [program, version, join(folder, files), ...flags], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return '';
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout); // Node's own shape of a failed run.
  }
}

beforeAll(async () => {
  for (const { fileName, code } of await bundleEntries()) write(`modules/${fileName}`, code);
  write('script/retour.js', (await bundleScript()).code);
  write('bad/syntax.js', 'const a = {}; export const b = a?.b;');
  write('bad/method.js', 'export const c = Object.fromEntries([]);');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the built syntax', () => {
  it('is ES2017 in every module', () => {
    expect(check('es2017', 'modules/**/*.js', '--module')).toBe('');
  });

  it('is ES2015 in the script', () => {
    expect(check('es2015', 'script/retour.js')).toBe('');
  });

  it.each(['syntax', 'method'])('would be caught newer (%s)', (name) => {
    expect(check('es2017', `bad/${name}.js`, '--module')).toContain('error');
  });
});
