// Where the code of the engine's process lies: beside this file once built. Run from the TypeScript
// sources (tests), which Node 20 cannot read, it is bundled on the spot, so it is never stale.
import { mkdir, rename } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export async function engineEntry(): Promise<string> {
  if (!import.meta.url.endsWith('.ts')) return pathOf('./engineProcess.js');
  // The folder lies below the root's node_modules, so that `chdb` is found from it.
  const folder = pathOf('../../../../node_modules/.cache/retour-engine/');
  await mkdir(folder, { recursive: true });
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: pathOf('./engineProcess.ts'),
    external: ['chdb'],
    platform: 'node',
  });
  const written = `${folder}engineProcess-${process.pid}.mjs`;
  await bundle.write({ file: written, format: 'esm' });
  await bundle.close();
  // Tests run in many processes at once: each reads a whole file, whoever wrote it.
  const entry = `${folder}engineProcess.mjs`;
  await rename(written, entry);
  return entry;
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
