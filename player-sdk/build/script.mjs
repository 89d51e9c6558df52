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

/**
 * What a page puts before the script, inline or in a file of its own: calls wait until the script is
 * here, at most 100 of them, and wait for ever where it never comes.
 */
export const SNIPPET =
  'window.retour=typeof retour=="function"?retour:function(f){var q=retour.q=retour.q||[];q.length<100&&q.push(f)};';
