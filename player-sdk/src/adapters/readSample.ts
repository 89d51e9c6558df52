// What a media element says when it is looked at, in the contract's units. Reads only; it forces no
// layout: the rendered size is handed in.
import type { Sample } from '../contract/signal.ts';

/** Size of the picture's box in CSS px, as it was last observed. */
export interface Box {
  width: number;
  height: number;
}

/** How far a range may begin after the playhead and still hold it: players leave such seams. */
const SEAM_S = 0.1;

export function readSample(media: HTMLMediaElement, box: Box, programTime?: number): Sample {
  const { currentTime, duration } = media;
  const bufferedEnd = bufferedEndOf(media.buffered, currentTime);
  return {
    position: currentTime * 1000,
    rate: media.playbackRate,
    readyState: media.readyState,
    paused: media.paused,
    seeking: media.seeking,
    ended: media.ended,
    ...(bufferedEnd !== undefined && { bufferedEnd: bufferedEnd * 1000 }),
    ...(Number.isFinite(duration) && { duration: duration * 1000 }),
    ...(programTime !== undefined && Number.isFinite(programTime) && { programTime }),
    ...framesOf(media),
    ...picture(media, box),
  };
}

function bufferedEndOf(ranges: TimeRanges, position: number): number | undefined {
  for (let i = ranges.length - 1; i >= 0; i -= 1) {
    const end = ranges.end(i);
    if (ranges.start(i) <= position + SEAM_S && end >= position) return end;
  }
  return undefined;
}

function framesOf(media: HTMLMediaElement): Pick<Sample, 'framesDropped' | 'framesRendered'> {
  const quality = 'getVideoPlaybackQuality' in media && toVideo(media).getVideoPlaybackQuality();
  if (!quality) return {};
  const { droppedVideoFrames, totalVideoFrames } = quality;
  return {
    framesDropped: droppedVideoFrames,
    framesRendered: Math.max(0, totalVideoFrames - droppedVideoFrames),
  };
}

function picture(media: HTMLMediaElement, box: Box): Partial<Sample> {
  if (!('videoWidth' in media)) return {};
  const { videoWidth, videoHeight } = toVideo(media);
  const ratio = media.ownerDocument.defaultView?.devicePixelRatio ?? 1;
  return {
    ...(videoWidth > 0 && { videoWidth, videoHeight }),
    ...(box.width > 0 && {
      viewportWidth: Math.round(box.width * ratio),
      viewportHeight: Math.round(box.height * ratio),
    }),
  };
}

/** Callers have seen a member of HTMLVideoElement; instanceof would fail across frames. */
export function toVideo(media: HTMLMediaElement): HTMLVideoElement {
  return media as HTMLVideoElement; // Justified by the callers' check above.
}
