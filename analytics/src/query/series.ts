// A time series from buckets: a line for every bucket of the range, also for those without a row,
// so that silence is drawn as silence. Pure.
import { figureOf, type PartValues } from '../metrics/figure.ts';
import { isSettled, type Metric } from '../metrics/metric.ts';
import type { FrameLine } from './frames.ts';
import type { PartRow } from './partRows.ts';
import { floorToGrid, GRID_MS } from './question.ts';

export interface SeriesOptions {
  readonly from: number;
  readonly to: number;
  readonly intervalMs: number;
  readonly now: number;
  readonly completeUntil: number;
  /** Views that watch now and whose last slice stands before a cell; they fill the young cells. */
  readonly watchingBefore: (cell: number) => number;
}

const NOTHING: PartValues = new Map();

export function toSeries(
  metrics: readonly Metric[],
  rows: readonly Pick<PartRow, 'bucket' | 'live' | 'settled'>[],
  options: SeriesOptions,
): FrameLine[] {
  const byBucket = new Map(rows.map((row) => [row.bucket, row]));
  const end = Math.min(options.to, floorToGrid(options.now) + GRID_MS);
  const lines: FrameLine[] = [];
  for (let bucket = options.from; bucket < end; bucket += options.intervalMs) {
    const row = byBucket.get(bucket);
    const figures = metrics.map((metric) => toFigure(metric, row, { ...options, bucket, end }));
    lines.push({ lead: [bucket], figures });
  }
  return lines;
}

interface BucketOptions extends SeriesOptions {
  readonly bucket: number;
  readonly end: number;
}

function toFigure(
  metric: Metric,
  row: Pick<PartRow, 'live' | 'settled'> | undefined,
  options: BucketOptions,
): number | null {
  const { bucket, intervalMs, end } = options;
  const bucketEnd = Math.min(bucket + intervalMs, end);
  if (isSettled(metric)) {
    // Half a bucket of a ratio would be drawn as if it were a whole one.
    if (bucketEnd > options.completeUntil) return null;
    return figureOf(metric, row?.settled ?? NOTHING, bucketEnd - bucket);
  }
  const figure = figureOf(metric, row?.live ?? NOTHING, bucketEnd - bucket);
  if (metric.merge.kind !== 'peak' || bucketEnd <= options.completeUntil) return figure;
  const carried = options.watchingBefore(bucketEnd - GRID_MS);
  // In one cell, those seen in it and those not heard of since add up; in many, the peak stays.
  return intervalMs === GRID_MS ? (figure ?? 0) + carried : Math.max(figure ?? 0, carried);
}
