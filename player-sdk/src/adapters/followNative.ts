// What the browser plays by itself: its element says what is shown, and the browser what was asked for.
import type { Reach } from './createAdapter.ts';
import { watchResources } from './watchResources.ts';

/** To be asked at each look; its requests are told as they end. */
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
