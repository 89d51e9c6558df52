// A bucket that empties exponentially: its level is a decayed count of what was poured in over the
// last ten seconds or so. From empty it takes a burst of ten seconds' worth; full, it takes exactly
// the sustained rate. Its level over its size is both how full it is and how near the rate has come,
// so that whoever watches it is warned before it overflows.

export interface LeakyBucket {
  level: number;
  /** When the level was last brought up to date, ms. */
  at: number;
}

/** Time constant, and the burst: this many seconds' worth of the sustained rate. */
export const BURST_S = 10;

export function createLeakyBucket(now: number): LeakyBucket {
  return { level: 0, at: now };
}

/** Brings the level up to date. A clock that went back leaks nothing. */
export function leak(bucket: LeakyBucket, now: number): number {
  const passedMs = now - bucket.at;
  bucket.at = now;
  if (passedMs > 0) bucket.level *= Math.exp(-passedMs / (BURST_S * 1000));
  return bucket.level;
}

export function sizeOf(perSecond: number): number {
  return perSecond * BURST_S;
}

/** Pours in where it fits: 0; else, and pouring nothing, the seconds until it would. */
export function pour(bucket: LeakyBucket, amount: number, flow: Flow): number {
  const level = leak(bucket, flow.now);
  const size = sizeOf(flow.perSecond);
  // An amount above the size fits into an empty bucket, else it would never be taken.
  const room = Math.max(size - amount, size * 1e-3);
  if (size > 0 && level <= room) {
    bucket.level = level + amount;
    return 0;
  }
  return size > 0 ? Math.ceil(BURST_S * Math.log(level / room)) : NEVER_S;
}

export interface Flow {
  readonly perSecond: number;
  readonly now: number;
}

/** What Retry-After says where nothing is ever taken: a day. */
const NEVER_S = 86_400;
