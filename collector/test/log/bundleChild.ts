// Turns a TypeScript file of this workspace into one that Node runs, for tests that need a process
// of its own: what such a test kills or traces must be the sources, not an older build.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '..', '..', '..');

export interface BundledChild {
  readonly file: string;
  remove(): Promise<void>;
}

export async function bundleChild(entry: string): Promise<BundledChild> {
  // Inside the repository, so that the packages it leaves outside are found from there.
  const cache = join(ROOT, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const outDir = await mkdtemp(join(cache, 'retour-child-'));
  const conditions = ['retour-source', 'node', 'import', 'default'];
  await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    resolve: { conditions },
    ssr: { noExternal: [/^@retour\//], resolve: { conditions } },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  });
  return {
    file: join(outDir, basename(entry).replace(/\.ts$/, '.mjs')),
    remove: () => rm(outDir, { recursive: true, force: true }),
  };
}
