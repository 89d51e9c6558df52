// Bundles modules into one minified file, as an adopter's bundler would; the SDK's come from its built
// entries. Everything that a bench weighs or loads goes through here, ours and others alike.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ENTRY = 'virtual:entry';
const HERE = dirname(fileURLToPath(import.meta.url));

/** @param source Of a module; relative imports are looked for beside this file. */
export async function bundle(source: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    root: HERE,
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id === ENTRY ? join(HERE, 'entry.js') : undefined),
        load: (id) => (id === join(HERE, 'entry.js') ? source : undefined),
      },
    ],
    build: {
      write: false,
      target: 'es2017',
      minify: true,
      modulePreload: false,
      rolldownOptions: {
        input: ENTRY,
        external: /^react(-dom)?(\/|$)/,
        preserveEntrySignatures: 'strict',
        output: { format: 'es', codeSplitting: false },
      },
    },
  });
  const { output } = (Array.isArray(result) ? result[0] : result) as {
    output: { type: string; code: string }[]; // Not watching, so it is one finished build.
  };
  const [chunk, ...others] = output.filter(({ type }) => type === 'chunk');
  if (chunk === undefined || others.length > 0) throw new Error('expected one file of the bundler');
  return chunk.code;
}
