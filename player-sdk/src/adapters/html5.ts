// The adapter of a plain media element: progressive files and the browser's own HLS.
import type { Adapter } from './adapter.ts';
import { createAdapter, type Reach } from './createAdapter.ts';
import { ELEMENT_ERRORS } from './errors.ts';
import { isEmptied } from './watchElement.ts';
import { watchResources } from './watchResources.ts';

/** A media element that the browser itself feeds: `monitor(html5(video), …)`. */
export function html5(media: HTMLMediaElement): Adapter {
  return createAdapter({
    player: { name: 'html5', adapter: 'html5' },
    errors: ELEMENT_ERRORS,
    start(reach) {
      reach.on(media, 'encrypted', (event) => {
        // The one key system whose data give it away; of the others the browser says nothing.
        const type = (event as MediaEncryptedEvent).initDataType; // By the event's name.
        reach.drm(/^(skd|sinf)$/.test(type) && 'com.apple.fps');
      });
      reach.on(media, 'emptied', () => {
        reach.after(0, () => {
          // By now another content would load: the page has taken this one away, for now.
          if (!media.networkState || isEmptied(media))
            reach.port.emit('detach', { reason: 'left' });
        });
      });
      reach.follow(media);
      const native = followNative(reach, () => media);
      const looked = () => {
        reach.source(media.srcObject || media.currentSrc, () => offeredBy(media));
        native.looked();
      };
      return { looked, programTime: native.programTime };
    },
  });
}

/** Its <source> elements, as long as nothing goes before them. */
function offeredBy(media: HTMLMediaElement): readonly string[] {
  if (media.srcObject || media.src) return [];
  return Array.from(media.querySelectorAll('source'), ({ src }) => src);
}

/** What an element says of itself, and what the browser says of its requests. */
export function followNative(reach: Reach, read: () => HTMLMediaElement | undefined) {
  watchResources(reach, read);
  return {
    looked() {
      const { videoWidth: width, videoHeight: height } = (read() ||
        {}) as Partial<HTMLVideoElement>;
      reach.rendition({ width, height });
    },
    programTime() {
      const media = read();
      return media ? startDateOf(media) + media.currentTime * 1000 : Number.NaN;
    },
  };
}

/** Wall clock of position 0 (EXT-X-PROGRAM-DATE-TIME), where the browser tells it; else NaN. */
function startDateOf(media: HTMLMediaElement & { getStartDate?: () => Date }): number {
  return media.getStartDate ? Number(media.getStartDate()) : Number.NaN;
}
