// What the package exports, as package.json says: which sources are bundled for browsers, and which
// stay plain modules for servers and tests.
import { readFileSync } from 'node:fs';
import { bundle } from './bundle.mjs';

/** Servers and tests import them: they are never shortened, so that rows keep their names. */
const FOR_SERVERS = ['./contract', './contract/schema', './meter', './conformance'];

const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Subpath → source, such as `./html5` → `./src/adapters/html5.ts`. */
export const BROWSER_ENTRIES = Object.fromEntries(
  Object.entries(exports)
    .filter(([subpath, targets]) => targets.types && !FOR_SERVERS.includes(subpath))
    .map(([subpath, targets]) => [subpath, targets['retour-source']]),
);

/** The modules that browsers load, as they lie in dist/: entries and the chunks that they share. */
export function bundleEntries() {
  const input = Object.fromEntries(
    Object.entries(BROWSER_ENTRIES).map(([subpath, source]) => [toOutputName(subpath), source]),
  );
  return bundle({
    input,
    target: 'es2017',
    output: {
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
    },
  });
}

/** Where a built entry lies in dist/, without its ending. */
export function toOutputName(subpath) {
  return exports[subpath].default.replace(/^\.\/dist\/|\.js$/g, '');
}
