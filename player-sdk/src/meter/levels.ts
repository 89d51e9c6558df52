// The measures that are weighted by time: buffer, live latency, scaling, renditions. They are
// integrals over booked time, never sums of samples: a throttled timer must not bias them.
import { LIMITS, type Sample } from '../contract/index.ts';
import { toInteger, toKnown } from './bounds.ts';
import { add } from './slices.ts';
import type { Levels, View } from './view.ts';

/** Further behind the edge than this the viewer has gone back: not latency (5 min). */
const MAX_LATENCY_MS = 300_000;
/** Clocks of packager and server may differ that far before a negative latency is no latency. */
const EARLY_MS = 2_000;
const MAX_BUFFER_MS = 3_600_000;
const MAX_PERCENT = 10_000;

/** Between two looks a level is taken to be their mean. */
export function setLevels(view: View, sample: Sample): void {
  const before = view.lastLevels;
  const after = toLevels(view, sample);
  view.lastLevels = after;
  const mean = (level: keyof Levels): number | undefined => {
    const [a, b] = [before[level], after[level]];
    return a === undefined || b === undefined ? undefined : Math.round((a + b) / 2);
  };
  view.levels = {
    buffer: mean('buffer'),
    latency: mean('latency'),
    upscale: mean('upscale'),
    downscale: mean('downscale'),
  };
}

function toLevels(view: View, sample: Sample): Levels {
  const ahead = (sample.bufferedEnd ?? Number.NaN) - sample.position;
  const behind = view.now + view.offset.ms - (sample.programTime ?? Number.NaN);
  const scale = Math.min(
    toInteger(sample.viewportWidth) / toInteger(sample.videoWidth),
    toInteger(sample.viewportHeight) / toInteger(sample.videoHeight),
  );
  return {
    buffer: toKnown(ahead, MAX_BUFFER_MS),
    latency: behind >= -EARLY_MS && behind <= MAX_LATENCY_MS ? toInteger(behind) : undefined,
    ...(scale > 0 &&
      scale < Infinity && {
        upscale: toInteger(100 * (scale - 1), MAX_PERCENT),
        downscale: toInteger(100 * (1 - scale), MAX_PERCENT),
      }),
  };
}

/** Weighs the present levels with time that was watched. */
export function addLevels(view: View, ms: number, playing: boolean): void {
  const { buffer, latency, upscale, downscale } = view.levels;
  const { totals } = view;
  if (buffer !== undefined) {
    const { row } = view.open;
    row.bufferMin = row.bufferMs > 0 ? Math.min(row.bufferMin, buffer) : buffer;
    row.bufferMax = Math.max(row.bufferMax, buffer);
    add(view, 'bufferMsMs', buffer * ms);
    add(view, 'bufferMs', ms);
  }
  if (latency !== undefined) {
    const { row } = view.open;
    row.liveLatencyMin = row.liveLatencyMs > 0 ? Math.min(row.liveLatencyMin, latency) : latency;
    row.liveLatencyMax = Math.max(row.liveLatencyMax, latency);
    add(view, 'liveLatencyMsMs', latency * ms);
    add(view, 'liveLatencyMs', ms);
  }
  if (playing && upscale !== undefined && downscale !== undefined) {
    const { row } = view.open;
    row.upscaleMax = Math.max(row.upscaleMax, upscale);
    totals.upscaleMax = Math.max(totals.upscaleMax, upscale);
    add(view, 'upscalePercentMs', upscale * ms);
    add(view, 'downscalePercentMs', downscale * ms);
    add(view, 'scaleMs', ms);
  }
}

/** Playing time by rendition; one too many is counted under the last. */
export function addRenditionTime(view: View, ms: number): void {
  const { rendition, open } = view;
  if (rendition === undefined) return;
  const { bitrate = 0, width = 0, height = 0 } = rendition;
  const list = open.renditions;
  const known =
    list.filter((entry) => entry[0] === bitrate && entry[1] === width && entry[2] === height)[0] ??
    (list.length >= LIMITS.sliceRenditions ? list[list.length - 1] : undefined);
  if (known !== undefined) known[3] += ms;
  else list.push([bitrate, width, height, ms]);
}
