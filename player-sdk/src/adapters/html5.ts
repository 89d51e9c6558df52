// The adapter of a plain media element: progressive files and the browser's own HLS.
import type { Adapter } from './adapter.ts';
import { createAdapter, type Reach } from './createAdapter.ts';
import { ELEMENT_ERRORS } from './errors.ts';
import type { Hooks } from './watchElement.ts';
import { watchResources } from './watchResources.ts';

/** A media element that the browser itself feeds: `monitor(html5(video), …)`. */
export function html5(media: HTMLMediaElement): Adapter {
  return createAdapter({
    player: { name: 'html5', adapter: 'html5' },
    errors: ELEMENT_ERRORS,
    start(reach) {
      reach.follow(media);
      return followNative(reach, media);
    },
  });
}

/** What an element says of itself, and what the browser says of its requests. */
export function followNative(reach: Reach, media: HTMLMediaElement): Hooks {
  const looked = () => reach.source(media.srcObject ?? media.currentSrc);
  looked();
  reach.on(media, 'loadedmetadata resize', () => {
    const { videoWidth: width, videoHeight: height } = media as HTMLVideoElement; // Or undefined.
    reach.rendition({ width, height });
  });
  reach.on(media, 'encrypted', (event) => {
    // The one key system whose data give it away; of the others the browser says nothing.
    const type = (event as MediaEncryptedEvent).initDataType; // By the event's name.
    if (type === 'skd' || type === 'sinf') reach.port.describe({ drm: 'com.apple.fps' });
  });
  watchResources(media, reach);
  return { looked, programTime: () => startDateOf(media) + media.currentTime * 1000 };
}

/** Wall clock of position 0 (EXT-X-PROGRAM-DATE-TIME), where the browser tells it; else NaN. */
function startDateOf(media: HTMLMediaElement & { getStartDate?: () => Date }): number {
  return media.getStartDate?.().getTime() ?? Number.NaN;
}
