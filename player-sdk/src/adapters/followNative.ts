// What the browser plays by itself: its element says what is shown, and the browser what was asked for.
import type { Reach } from './createAdapter.ts';
import { watchResources } from './watchResources.ts';

/** To be asked at each look. */
export function followNative(reach: Reach, read: () => HTMLMediaElement | undefined) {
  const tellRequests = watchResources(reach, read);
  return {
    looked() {
      tellRequests();
      const { videoWidth: width, videoHeight: height } = (read() ||
        {}) as Partial<HTMLVideoElement>;
      reach.rendition({ width, height });
    },
    /** Position 0 has a wall clock (EXT-X-PROGRAM-DATE-TIME) where the browser tells it. */
    programTime() {
      const media: Dated | undefined = read();
      return media && media.getStartDate
        ? Number(media.getStartDate()) + media.currentTime * 1000
        : Number.NaN;
    },
  };
}

interface Dated extends HTMLMediaElement {
  readonly getStartDate?: () => Date;
}
