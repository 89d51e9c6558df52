// What is compared: the metrics, their units and how far a measured figure may be from the truth.

export const METRICS = {
  views: { unit: 'count', title: 'Views' },
  attempts: { unit: 'count', title: 'Attempts' },
  starts: { unit: 'count', title: 'Starts' },
  stalls: { unit: 'count', title: 'Stalls' },
  seeks: { unit: 'count', title: 'Seeks' },
  pauses: { unit: 'count', title: 'Pauses' },
  errors: { unit: 'count', title: 'Fatal errors' },
  exitsBeforeStart: { unit: 'count', title: 'Exits before start' },
  switchesUp: { unit: 'count', title: 'Renditions up' },
  switchesDown: { unit: 'count', title: 'Renditions down' },
  requestFailures: { unit: 'count', title: 'Failed requests' },
  startupMs: { unit: 'ms', title: 'Startup' },
  playingMs: { unit: 'ms', title: 'Playing' },
  stalledMs: { unit: 'ms', title: 'Stalled' },
  seekingMs: { unit: 'ms', title: 'Seeking' },
  pausedMs: { unit: 'ms', title: 'Paused' },
  suspendedMs: { unit: 'ms', title: 'Page asleep' },
  adBreaks: { unit: 'count', title: 'Ad breaks' },
  ads: { unit: 'count', title: 'Ads' },
  adMs: { unit: 'ms', title: 'Time of ads' },
  mediaMs: { unit: 'ms', title: 'Content watched' },
  liveLatencyMs: { unit: 'ms', title: 'Live latency' },
  bytes: { unit: 'bytes', title: 'Media bytes' },
  category: { unit: 'word', title: 'Error category' },
} as const;

export type Metric = keyof typeof METRICS;

export const METRIC_NAMES = Object.keys(METRICS) as Metric[]; // Its own keys.

export type Value = number | string;

/** Known from outside the player and the SDK. */
export interface Known {
  readonly value: Value;
  /** The truth is within ± this, in the metric's unit; 0 for counts and words. */
  readonly resolution: number;
  readonly from: Source;
}

/** Where a truth was read. `browser`: what it tells any page of its own life. */
export type Source = 'picture' | 'sound' | 'script' | 'origin' | 'browser';

export type Truth = Partial<Record<Metric, Known>>;

/** Absent: the SDK does not tell it. */
export type Measured = Partial<Record<Metric, Value>>;

export interface Compared {
  readonly metric: Metric;
  readonly truth: Value;
  readonly from: Source;
  readonly resolution: number;
  readonly measured?: Value;
  /** Measured less true; absent for words and where nothing was measured. */
  readonly difference?: number;
  /** What the difference may be. */
  readonly limit: number;
  readonly verdict: 'within' | 'outside' | 'untold';
}

/** Beyond the resolution of the cell: startup and all other durations, ms. */
export const STARTUP_LIMIT_MS = 100;
export const DURATION_LIMIT_MS = 150;
/** No duration may be off by more, unless the scenario itself knows it no better: twice the norm, ms. */
export const WIDEST_LIMIT_MS = 300;

/**
 * Every metric whose truth is known, in the order of METRICS.
 * @param tellsAll What is not told is outside.
 */
export function compare(truth: Truth, measured: Measured, tellsAll = false): Compared[] {
  return METRIC_NAMES.flatMap((metric) => {
    const known = truth[metric];
    if (known === undefined) return [];
    const compared = compareOne(metric, known, measured[metric]);
    if (tellsAll && compared.verdict === 'untold') return [{ ...compared, verdict: 'outside' }];
    return [compared];
  });
}

function compareOne(metric: Metric, known: Known, measured: Value | undefined): Compared {
  const limit = toLimit(metric, known.resolution);
  const base = {
    metric,
    truth: known.value,
    from: known.from,
    resolution: known.resolution,
    limit,
  };
  if (measured === undefined) return { ...base, verdict: 'untold' };
  if (typeof known.value === 'string' || typeof measured === 'string') {
    return { ...base, measured, verdict: measured === known.value ? 'within' : 'outside' };
  }
  const difference = measured - known.value;
  const within = Math.abs(difference) <= limit;
  return { ...base, measured, difference, verdict: within ? 'within' : 'outside' };
}

function toLimit(metric: Metric, resolution: number): number {
  if (METRICS[metric].unit !== 'ms') return resolution;
  return Math.max(metric === 'startupMs' ? STARTUP_LIMIT_MS : DURATION_LIMIT_MS, resolution);
}
