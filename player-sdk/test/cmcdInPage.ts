// What the test of CMCD loads into a page: the SDK as a page has it, a view with consent, and a way to wait.
import type Hls from 'hls.js';
import type { Adapter } from '../src/adapters/adapter.ts';
import { hlsjs } from '../src/adapters/hlsjs.ts';
import { cmcd } from '../src/cmcd.ts';
import { monitor } from '../src/monitor.ts';
import type { Monitor } from '../src/options.ts';
import { video } from './adaptersInPage.ts';

export { dashjs } from '../src/adapters/dashjs.ts';
export { shaka } from '../src/adapters/shaka.ts';
export { videojs } from '../src/adapters/videojs.ts';
export { until } from './adaptersInPage.ts';
export { cmcd, video };

export function watch(adapter: Adapter): Monitor {
  const asset = { id: 'film-42' };
  return monitor(adapter, { key: 'key', endpoint: '/feed', asset, privacy: 'consented' });
}

/** hls.js plays in the page's video, and names its view on what it asks for. */
export async function playSigned(hls: Hls, address: string) {
  const view = watch(hlsjs(hls));
  const media = video();
  cmcd(hls, view);
  hls.attachMedia(media);
  hls.loadSource(address);
  await media.play();
  return { media, view };
}
