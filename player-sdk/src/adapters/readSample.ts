// What a media element says when it is looked at, in the contract's units. Reads only; it forces no
// layout: the rendered size is handed in. Numbers that are not known are NaN, infinite or 0.
import type { Sample } from '../contract/signal.ts';

/** Size of the picture's box in device px, as it was last observed. */
export interface Box {
  width: number;
  height: number;
}

/** How far a range may begin after the playhead and still hold it: players leave such seams. */
const SEAM_S = 0.1;

export function readSample(media: HTMLVideoElement, box: Box): Omit<Sample, 'rate' | 'duration'> {
  const { currentTime } = media;
  const frames = media.getVideoPlaybackQuality && media.getVideoPlaybackQuality();
  const dropped = frames && frames.droppedVideoFrames;
  return {
    position: currentTime * 1000,
    readyState: media.readyState,
    paused: media.paused,
    seeking: media.seeking,
    ended: media.ended,
    bufferedEnd: readBufferedEnd(media.buffered, currentTime) * 1000,
    viewportWidth: box.width,
    viewportHeight: box.height,
    videoWidth: media.videoWidth,
    videoHeight: media.videoHeight,
    framesDropped: dropped,
    framesRendered: frames && frames.totalVideoFrames - dropped,
  };
}

/** End of the range that holds the position, s; NaN where none does. */
export function readBufferedEnd(buffered: TimeRanges, position: number): number {
  for (let i = buffered.length - 1; i >= 0; i -= 1) {
    const end = buffered.end(i);
    if (buffered.start(i) <= position + SEAM_S && end >= position) return end;
  }
  return Number.NaN;
}
