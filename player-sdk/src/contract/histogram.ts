// Fixed logarithmic buckets for durations and rates. They are the same for ever and everywhere, so
// that histograms add up exactly, whatever the order.

/** Buckets per doubling: a bucket is 9 % wide, so a quantile is known to ± 4.5 %. */
const PER_DOUBLING = 8;

/** The last bucket; it also holds everything above (2^27 ms is 37 hours). */
export const LAST_BUCKET: number = 27 * PER_DOUBLING + 1;

/** The bucket of a non-negative number: 0 holds [0, 1), then each doubling is cut in eight. */
export function bucketOf(value: number): number {
  if (!(value >= 1)) return 0;
  return Math.min(LAST_BUCKET, 1 + Math.floor(Math.log2(value) * PER_DOUBLING + 1e-9));
}

/** Where a bucket begins, in the unit of what was counted. */
export function bucketStart(bucket: number): number {
  return bucket <= 0 ? 0 : 2 ** ((bucket - 1) / PER_DOUBLING);
}

/** A sparse histogram, flat and in ascending order: bucket, count, bucket, count … */
export type Histogram = readonly number[];

/** Adds one observation to a sparse histogram. */
export function addToHistogram(histogram: Histogram, value: number, times = 1): number[] {
  const bucket = bucketOf(value);
  const out: number[] = [];
  let placed = false;
  for (let i = 0; i + 1 < histogram.length; i += 2) {
    const at = histogram[i] ?? 0;
    const count = histogram[i + 1] ?? 0;
    if (!placed && at >= bucket) {
      out.push(bucket, at === bucket ? count + times : times);
      placed = true;
      if (at === bucket) continue;
    }
    out.push(at, count);
  }
  if (!placed) out.push(bucket, times);
  return out;
}
