// The script-tag build: one file, ES2015, with its hash for the `integrity` attribute beside it.
import { createHash } from 'node:crypto';
import { bundle } from './bundle.mjs';

/** @returns {Promise<{ code: string, integrity: string }>} */
export async function bundleScript() {
  const [file] = await bundle({
    input: 'src/script.ts',
    target: 'es2015',
    output: { format: 'iife' },
  });
  const integrity = `sha384-${createHash('sha384').update(file.code).digest('base64')}`;
  return { code: file.code, integrity };
}
