// The tidy limits. A file that must break one stands in EXCEPTIONS with its reason; the list may
// only shrink: an exception that is no longer needed fails the test too.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionsOf, listFiles, ROOT, readSources } from './sources.ts';

const sources = readSources();
const product = sources.filter(({ path }) => !/\.test\.tsx?$|\/test\//.test(path));

const FILE_LINES = 400;
const FUNCTION_LINES = 70;
const PARAMETERS = 3;

/** Offence → why it stands. */
const EXCEPTIONS: Record<string, string> = {};

const ROOT_ENTRIES =
  /^(player-sdk|collector|analytics|dashboards|deploy|package(-lock)?\.json|turbo\.json|README\.md|LICENSE|NOTICE|\..+|tsconfig[^/]*\.json|vitest\.config\.ts|biome\.json)$/;

/** Clocks, chance and the page: only where they are handed in from. */
const GLOBALS =
  /\b(Date\.now\(|Math\.random\(|process\.env\b|document\.|window\.|performance\.now\()/;
const MAY_TOUCH_GLOBALS =
  /^(player-sdk\/src\/platform\/|player-sdk\/(build|conformance|test)|[\w-]+\/src\/(.*\/)?(main|config)\.ts$|dashboards\/|deploy\/|vitest)/;

function unexpected(offences: readonly string[]): string[] {
  return offences.filter((offence) => !(offence in EXCEPTIONS));
}

const longFiles = product
  .filter(({ text }) => text.split('\n').length - 1 > FILE_LINES)
  .map(({ path }) => `${path}: over ${FILE_LINES} lines`);

const functions = product
  .filter(({ path }) => path.endsWith('.ts'))
  .flatMap((source) => functionsOf(source).map((shape) => ({ path: source.path, ...shape })));

const longFunctions = functions
  .filter(({ lines }) => lines > FUNCTION_LINES)
  .map(({ path, name }) => `${path}: ${name} over ${FUNCTION_LINES} lines`);

const wideFunctions = functions
  .filter(({ parameters }) => parameters > PARAMETERS)
  .map(({ path, name }) => `${path}: ${name} over ${PARAMETERS} parameters`);

describe('tidy', () => {
  it('keeps files short', () => expect(unexpected(longFiles)).toEqual([]));

  it('keeps functions short', () => expect(unexpected(longFunctions)).toEqual([]));

  it('keeps parameters few', () => expect(unexpected(wideFunctions)).toEqual([]));

  it('says what each file owns in its first line', () => {
    const silent = product.filter(({ text }) => !/^(\/\/|\/\*\*?|#!)/.test(text));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('gives no file or folder a name that says nothing', () => {
    const vague = /(^|\/)(utils?|helpers?|common|misc|types|const(ants)?)(\.[a-z]+)*(\/|$)/;
    expect(listFiles().filter((path) => vague.test(path))).toEqual([]);
  });

  it('names a file after its main export, in camelCase, components in PascalCase', () => {
    const odd = product.filter(
      ({ path }) => !/(^|\/)[A-Za-z][A-Za-z0-9]*(\.(test|slow|config|d))*\.tsx?$/.test(path),
    );
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  it('keeps the root to what was agreed', () => {
    const top = new Set(listFiles().map((path) => path.split('/')[0] ?? ''));
    expect([...top].filter((entry) => !ROOT_ENTRIES.test(entry))).toEqual([]);
  });

  it('hands clocks, chance, settings and the page in from the rooms that own them', () => {
    const touching = product.flatMap(({ path, text }) => {
      if (MAY_TOUCH_GLOBALS.test(path)) return [];
      const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return GLOBALS.test(code) ? [`${path}: ${GLOBALS.exec(code)?.[0]}`] : [];
    });
    expect(touching).toEqual([]);
  });

  it('leaves nothing unfinished or switched off', () => {
    const unfinished = /\b(TODO|FIXME|XXX|HACK)\b|\b(it|test|describe)\.(skip|only|todo)\(/;
    const here = 'deploy/src/repository/tidy.test.ts';
    const found = sources.filter(({ path, text }) => path !== here && unfinished.test(text));
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it('names no machine path and no registry', () => {
    const machine = /(^|[^.a-z])\/(work|farm|root|home)\/|registry\.npmjs/m;
    const here = 'deploy/src/repository/tidy.test.ts';
    const found = sources.filter(({ path, text }) => path !== here && machine.test(text));
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it('has a map in each folder', () => {
    const folders = ['player-sdk', 'collector', 'analytics', 'dashboards', 'deploy'];
    const without = folders.filter((folder) => !existsSync(join(ROOT, folder, 'ARCHITECTURE.md')));
    expect(without).toEqual([]);
  });

  it('keeps no exception that is no longer needed', () => {
    const standing = new Set([...longFiles, ...longFunctions, ...wideFunctions]);
    expect(Object.keys(EXCEPTIONS).filter((offence) => !standing.has(offence))).toEqual([]);
  });
});
