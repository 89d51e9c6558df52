// The bounds of contract 1, and what happens at each. Write keys are public: nothing is unbounded.

export const LIMITS = {
  /** Raw body, after gunzip. Beyond: 413 `body_too_large`. */
  bodyBytes: 524_288,
  /** Bodies in flight at unload, together: what browsers allow sendBeacon and keepalive. */
  unloadBytes: 61_440,
  /** Beacons in one array body. Beyond: 413 `too_many_beacons`. */
  beacons: 50,
  /** Slices in one beacon; the rest goes into the next. */
  slices: 60,
  /** Events in one beacon; the rest goes into the next. */
  events: 200,
  /** Rows of one view: k, seq and rev. Beyond: the item is rejected. */
  k: 100_000,
  seq: 100_000,
  rev: 65_535,
  /** Watched ranges: in a slice, and in a summary (merged when full). */
  sliceRanges: 40,
  summaryRanges: 100,
  /** Renditions and hosts told apart within one slice; what is beyond is counted under the last. */
  sliceRenditions: 12,
  sliceDeliveries: 8,
  /** Text. SDKs cut it; the collector rejects the item. */
  idChars: 200,
  textChars: 500,
  /** Publisher's own dimensions, and experiments. */
  customDimensions: 20,
  experiments: 10,
  /** Text of a signed view token. */
  tokenChars: 4096,
  /** Items named by one recommendation event. */
  recommendationItems: 50,
  /** Views that one sampled view may stand for. */
  weight: 10_000,
  /** How far a beacon's send time may be off the server's clock. Beyond: 409 `clock`. */
  clockSkewMs: 30_000,
} as const;
