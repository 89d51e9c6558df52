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
  view.levels = {};
  for (const level of Object.keys(after) as (keyof Levels)[]) {
    const [a, b] = [before[level], after[level]]; // toLevels() makes no other keys.
    if (a !== undefined && b !== undefined) view.levels[level] = Math.round((a + b) / 2);
  }
}

function toLevels(view: View, sample: Sample): Levels {
  const ahead = (sample.bufferedEnd ?? Number.NaN) - sample.position;
  const behind = view.now + view.offset.ms - (sample.programTime ?? Number.NaN);
  const scale = Math.min(
    toInteger(sample.viewportWidth) / toInteger(sample.videoWidth),
    toInteger(sample.viewportHeight) / toInteger(sample.videoHeight),
  );
  const levels: Levels = {
    buffer: toKnown(ahead, MAX_BUFFER_MS),
    liveLatency: behind >= -EARLY_MS && behind <= MAX_LATENCY_MS ? toInteger(behind) : undefined,
  };
  if (scale > 0 && scale < Infinity) {
    levels.upscale = toInteger(100 * (scale - 1), MAX_PERCENT);
    levels.downscale = toInteger(100 * (1 - scale), MAX_PERCENT);
  }
  return levels;
}

/** Weighs the present levels with time that was watched. */
export function addLevels(view: View, ms: number, playing: boolean): void {
  const { levels, totals } = view;
  for (const name of ['buffer', 'liveLatency'] as const) {
    const level = levels[name];
    if (level === undefined) continue;
    add(view, `${name}MsMs`, level * ms);
    add(view, `${name}Ms`, ms);
    const { row } = view.open;
    const isFirst = row[`${name}Ms`] === ms;
    row[`${name}Min`] = isFirst ? level : Math.min(row[`${name}Min`], level);
    row[`${name}Max`] = Math.max(row[`${name}Max`], level);
  }
  if (!playing || levels.upscale === undefined) return;
  for (const name of ['upscale', 'downscale'] as const) {
    add(view, `${name}PercentMs`, (levels[name] ?? 0) * ms);
  }
  add(view, 'scaleMs', ms);
  totals.upscaleMax = Math.max(totals.upscaleMax, levels.upscale);
  view.open.row.upscaleMax = Math.max(view.open.row.upscaleMax, levels.upscale);
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
