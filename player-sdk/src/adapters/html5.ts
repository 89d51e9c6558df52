// The adapter of a plain media element: progressive files and the browser's own HLS.
import type { Adapter } from './adapter.ts';
import { createAdapter } from './createAdapter.ts';
import { ELEMENT_ERRORS } from './errors.ts';
import { followNative } from './followNative.ts';
import { isEmptied } from './watchElement.ts';

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
          if (!media.networkState || isEmptied(media)) reach.emptied();
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
