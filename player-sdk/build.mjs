// Builds dist/: what browsers load is bundled, minified and ES2017; what servers import (contract,
// schema, meter) is plain modules; declarations are made for all of it.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');

const BROWSER_ENTRIES = {
  index: 'src/index.ts',
  'adapters/html5': 'src/adapters/html5.ts',
  'adapters/hlsjs': 'src/adapters/hlsjs.ts',
};

rmSync(dist, { recursive: true, force: true });
emitModules('tsconfig.build.json');
await bundleForBrowsers();
emitModules('conformance/tsconfig.build.json'); // It reads what was built before it.

function emitModules(config) {
  const tsc = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  execFileSync(process.execPath, [tsc, '-p', join(root, config)], {
    stdio: 'inherit',
  });
}

/** Writes over the modules of the same names. */
async function bundleForBrowsers() {
  const bundle = await rolldown({
    cwd: root,
    input: BROWSER_ENTRIES,
    platform: 'browser',
    transform: { target: 'es2017' },
  });
  await bundle.write({
    dir: dist,
    format: 'esm',
    minify: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  });
  await bundle.close();
}
