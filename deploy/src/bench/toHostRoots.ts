// What an origin gives to the host page of a bench: the page's own folder, the SDK as it is built, hls.js and
// the sample.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../repository/sources.ts';

/** @param bench Its folder in this room. @returns Paths of the origin → folders. */
export function toHostRoots(bench: string): Record<string, string> {
  return {
    '/': join(ROOT, 'deploy', 'src', 'bench', bench),
    '/sdk/': join(ROOT, 'player-sdk', 'dist'),
    '/hls/': fileURLToPath(new URL('.', import.meta.resolve('hls.js'))),
    '/media/': join(ROOT, 'deploy', 'sample', 'media', 'vod'),
  };
}
