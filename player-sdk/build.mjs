// Builds dist/: what browsers load is bundled, minified and ES2017; what servers import (contract,
// schema, meter) is plain modules; declarations are made for all of it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleEntries } from './build/entries.mjs';
import { bundleScript } from './build/script.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
runCompiler('tsconfig.build.json');
runCompiler('tsconfig.servers.json');
for (const { fileName, code } of await bundleEntries()) write(fileName, code);
await writeScript();
runCompiler('conformance/tsconfig.build.json'); // It reads what was built before it.

function runCompiler(config) {
  const tsc = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  execFileSync(process.execPath, [tsc, '-p', join(root, config)], { stdio: 'inherit' });
}

/** @see build/script.mjs */
async function writeScript() {
  const { code, integrity } = await bundleScript();
  write('retour.js', code);
  write('retour.js.sri', `${integrity}\n`);
  console.log(`retour.js: integrity="${integrity}"`);
}

function write(fileName, text) {
  const path = join(dist, fileName);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
