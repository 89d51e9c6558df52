// The measures that are weighted by time: buffer, live latency, scaling, renditions. They are
// integrals over booked time, never sums of samples: a throttled timer must not bias them.
import { LIMITS, type Sample } from '../contract/index.ts';
import { toInteger, toKnown, toNumber } from './bounds.ts';
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
  // As many as there were.
  view.meanLevels = after.map((level, i) => Math.round((Number(before[i]) + level) / 2)) as never;
}

function toLevels(view: View, sample: Sample): Levels {
  const aheadMs = toKnown(toNumber(sample.bufferedEnd) - toNumber(sample.position), MAX_BUFFER_MS);
  const behindMs = view.now + view.clockOffset.ms - toNumber(sample.programTime);
  const scale = Math.min(
    toInteger(sample.viewportWidth) / toInteger(sample.videoWidth),
    toInteger(sample.viewportHeight) / toInteger(sample.videoHeight),
  );
  const toPercent = (share: number) =>
    scale > 0 && scale < Infinity ? toInteger(100 * share, MAX_PERCENT) : Number.NaN;
  return [
    aheadMs ?? Number.NaN,
    behindMs >= -EARLY_MS && behindMs <= MAX_LATENCY_MS ? toInteger(behindMs) : Number.NaN,
    toPercent(scale - 1),
    toPercent(1 - scale),
  ];
}

/** Weighs the present levels with time that was watched. */
export function addLevels(view: View, ms: number, playing: boolean): void {
  const [buffer, latency, upscale, downscale] = view.meanLevels;
  const { row } = view.draft;
  if (buffer >= 0) {
    row.bufferMin = row.bufferMs > 0 ? Math.min(row.bufferMin, buffer) : buffer;
    row.bufferMax = Math.max(row.bufferMax, buffer);
    add(view, { bufferMsMs: buffer * ms, bufferMs: ms });
  }
  if (latency >= 0) {
    row.liveLatencyMin = row.liveLatencyMs > 0 ? Math.min(row.liveLatencyMin, latency) : latency;
    row.liveLatencyMax = Math.max(row.liveLatencyMax, latency);
    add(view, { liveLatencyMsMs: latency * ms, liveLatencyMs: ms });
  }
  if (playing && upscale >= 0) {
    row.upscaleMax = Math.max(row.upscaleMax, upscale);
    view.totals.upscaleMax = Math.max(view.totals.upscaleMax, upscale);
    add(view, { upscalePercentMs: upscale * ms, downscalePercentMs: downscale * ms, scaleMs: ms });
  }
}

/** Playing time by rendition; one too many is counted under the last. */
export function addRenditionTime(view: View, ms: number): void {
  const { onScreen, draft } = view;
  if (!onScreen) return;
  const { bitrate = 0, width = 0, height = 0 } = onScreen;
  const { shown } = draft;
  const known = shown.find(
    (line) => line[0] === bitrate && line[1] === width && line[2] === height,
  );
  const line = known || shown[LIMITS.sliceRenditions - 1];
  if (line) line[3] += ms;
  else shown.push([bitrate, width, height, ms]);
}
