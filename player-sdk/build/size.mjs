// Measures what an adopter's bundler would ship, and holds it against size-budget.json: fails where
// a size grew by more than 2 %, or beyond a goal that it had reached. `--update` writes the sizes that are reached into the budget.
import { readFileSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import { argv } from 'node:process';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { BROWSER_ENTRIES, bundleEntries, toOutputName } from './entries.mjs';
import { bundleScript } from './script.mjs';

const BUDGET = new URL('../size-budget.json', import.meta.url);
const TOLERANCE = 1.02;
const ADAPTERS = ['./html5', './hlsjs', './videojs', './dashjs', './shaka'];
/** Beside one adapter, the one that most players need. */
const FIRST = './hlsjs';

/** @returns {Promise<Record<string, { gzip: number, brotli: number }>>} Bytes by what is loaded together. */
export async function measureSizes() {
  const files = new Map((await bundleEntries()).map(({ fileName, code }) => [fileName, code]));
  const measure = async (...subpaths) => toSizes(await bundleAgain(files, subpaths));
  const sizes = {};
  const present = (subpath) => subpath in BROWSER_ENTRIES;
  for (const adapter of ADAPTERS.filter(present)) {
    sizes[`core + ${adapter.slice(2)}`] = await measure('.', adapter);
  }
  const core = sizes[`core + ${FIRST.slice(2)}`];
  for (const subpath of Object.keys(BROWSER_ENTRIES)) {
    if (subpath === '.' || subpath === FIRST) continue;
    const sum = await measure('.', FIRST, subpath);
    if (subpath === './offline') sizes['core + hlsjs + offline'] = sum;
    else sizes[`+ ${subpath.slice(2)}`] = less(sum, core);
  }
  sizes['script tag, all of it'] = toSizes((await bundleScript()).code);
  return sizes;
}

/** One file, as a publisher's bundler makes it of ours. */
async function bundleAgain(files, subpaths) {
  const code = subpaths.map((each) => `export * from './${toOutputName(each)}.js';`).join('\n');
  const build = await rolldown({
    input: 'page.js',
    external: ['react'],
    plugins: [
      {
        name: 'built-files',
        resolveId: (id, from) =>
          id === 'page.js' ? id : id === 'react' ? null : posix.join(posix.dirname(from), id),
        load: (id) => (id === 'page.js' ? code : files.get(id)),
      },
    ],
  });
  const { output } = await build.generate({ format: 'esm', minify: true });
  await build.close();
  return output[0].code;
}

function toSizes(code) {
  return {
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
  };
}

function less(sum, part) {
  return { gzip: sum.gzip - part.gzip, brotli: sum.brotli - part.brotli };
}

/** The lines to show, and what is too big. */
export function compareSizes(sizes, { goals, reached }) {
  const lines = [];
  const tooBig = [];
  for (const [name, { gzip, brotli }] of Object.entries(sizes)) {
    const budget = reached[name];
    const limit = budget === undefined ? 0 : Math.floor(budget.brotli * TOLERANCE);
    if (brotli > limit) tooBig.push(`${name}: ${brotli} bytes with brotli, at most ${limit}`);
    const goal = goals[name];
    if (budget !== undefined && budget.gzip <= goal && gzip > goal) {
      tooBig.push(`${name}: ${gzip} bytes with gzip, at most ${goal}`);
    }
    const bytes = `${String(gzip).padStart(6)} gzip ${String(brotli).padStart(6)} brotli`;
    const state = goal === undefined ? '' : `  goal ${goal} gzip${gzip > goal ? ', missed' : ''}`;
    lines.push(`${name.padEnd(26)}${bytes}${state}`);
  }
  return { lines, tooBig };
}

export function readBudget() {
  return JSON.parse(readFileSync(BUDGET, 'utf8'));
}

if (import.meta.filename === argv[1]) {
  const sizes = await measureSizes();
  const budget = readBudget();
  const { lines, tooBig } = compareSizes(sizes, budget);
  console.log(lines.join('\n'));
  if (argv.includes('--update')) {
    writeFileSync(BUDGET, `${JSON.stringify({ ...budget, reached: sizes }, null, 2)}\n`);
  } else if (tooBig.length > 0) {
    console.error(`\nBigger than size-budget.json says:\n${tooBig.join('\n')}`);
    process.exitCode = 1;
  }
}
