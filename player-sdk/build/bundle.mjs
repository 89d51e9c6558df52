// Bundles sources for browsers: lowered, minified, and with our own property names shortened. The
// short names are the same in every file of one build, so that its files may share records.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { minify } from 'terser';
import { findInternalNames } from './internalNames.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * @param {object} options
 * @param {Record<string, string> | string} options.input Entries by name, relative to the package.
 * @param {'es2015' | 'es2017'} options.target The oldest syntax that must run.
 * @param {import('rolldown').OutputOptions} options.output
 * @param {boolean} [options.readable] Leaves all names as they are; a test compares the two.
 * @returns {Promise<{ fileName: string, name: string, code: string }[]>}
 */
export async function bundle({ input, target, output, readable = false }) {
  const build = await rolldown({
    cwd: root,
    input,
    platform: 'browser',
    external: ['react'],
    transform: { target, assumptions: { noDocumentAll: true } },
    optimization: { inlineConst: { mode: 'all', pass: 3 } },
    plugins: [smallHelpers, inlineLimits],
  });
  const { output: files } = await build.generate({ minify: false, ...output });
  await build.close();
  const short = readable ? {} : toShortNames(files.map((file) => file.code).join('\n'));
  const shortened = [];
  for (const { fileName, code, name } of files) {
    shortened.push({ fileName, name, code: await shorten(code, target, short) });
  }
  return shortened;
}

/**
 * Nearly every function runs at the first start: browsers that know the hint (Chromium 136) compile them
 * beside the main thread while they load, and not one by one in it.
 * @see https://v8.dev/blog/explicit-compile-hints
 */
const COMPILE_HINT = '//# allFunctionsCalledOnLoad';

async function shorten(code, target, short) {
  const isModule = /^(import|export)\b/m.test(code);
  const { code: shortened = '' } = await minify(code, {
    ecma: Number(target.slice(2)),
    module: isModule,
    toplevel: isModule,
    compress: { passes: 3, pure_getters: true, unsafe_arrows: true, inline: 0 },
    mangle: { properties: { only_cache: true, keep_quoted: true, builtins: true } },
    format: { comments: false, preamble: COMPILE_HINT },
    nameCache: { props: { props: { ...short } } },
  });
  return shortened;
}

/** The most frequent names become the shortest words that nobody uses, in a stable order. */
function toShortNames(code) {
  const internal = findInternalNames(join(root, 'src'));
  const counts = new Map();
  for (const [word] of code.matchAll(/[A-Za-z_$][\w$]*/g)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const names = [...counts.keys()].filter((name) => internal.has(name));
  names.sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
  const free = freeWords(counts);
  // Terser keeps names behind a `$`, as a name may be one that every object has.
  return Object.fromEntries(names.map((name) => [`$${name}`, free.next().value]));
}

function* freeWords(taken) {
  const letters = 'etnaisorclumdphfgbvkwyxjzqETNAISORCLUMDPHFGBVKWYXJZQ_';
  for (const a of letters) if (!taken.has(a)) yield a;
  for (const a of letters) for (const b of letters) if (!taken.has(a + b)) yield a + b;
}

/** What spread and rest become below ES2018: the records here have neither symbols nor getters. */
const HELPERS = {
  objectSpread2: 'export default Object.assign;',
  objectWithoutProperties: `export default (source, without) => {
    const rest = Object.assign({}, source);
    without.forEach((name) => { delete rest[name]; });
    return rest;
  };`,
};

const smallHelpers = {
  name: 'small-helpers',
  transform(_code, id) {
    const [, name] = /^\0@oxc-project\+runtime.*\/(\w+)\.js$/.exec(id) ?? [];
    return name === undefined ? null : (HELPERS[name] ?? null);
  },
};

/** The contract's limits are numbers: each is written where it is used, and no name of one is shipped. */
const inlineLimits = {
  name: 'inline-limits',
  transform(code, id) {
    if (!id.startsWith(join(root, 'src'))) return null;
    return code.replace(/\bLIMITS\.(\w+)\b/g, (text, name) => limits.get(name) ?? text);
  },
};

const limits = new Map(
  [
    ...readFileSync(join(root, 'src/contract/limits.ts'), 'utf8').matchAll(
      /^ {2}(\w+): ([\d_]+),$/gm,
    ),
  ].map(([, name, value]) => [name, value]),
);
