// Keeps the quotas: what each property has sent of late, and which keys mostly send rubbish. One
// process counts what it sees itself; memory is bounded by the most recent properties and keys.
import { LRUCache } from 'lru-cache';
import type { Property } from '../control/property.ts';
import { createLeakyBucket, type LeakyBucket, leak, pour, sizeOf } from './leakyBucket.ts';

/** Beyond these the longest silent are forgotten, that is, begin anew with an empty bucket. */
const PROPERTIES = 10_000;
const KEYS = 50_000;

/** Bytes that cost as much as one beacon: a heartbeat has 1.2 kB, an unload body up to 60 kB. */
const COST_BYTES = 16_384;

export function toCost(beacons: number, bytes: number): number {
  return Math.max(beacons, Math.ceil(bytes / COST_BYTES));
}

export interface Taking {
  readonly property: Property;
  readonly writeKey: string;
  readonly cost: number;
}

export interface Taken {
  /** 0 where it was taken. */
  readonly retryAfterS: number;
  /** Share of the property's quota in use, 0 … 1. */
  readonly share: number;
  /** Refused by the lower quota for rubbish. */
  readonly rubbish: boolean;
}

interface KeyRecord {
  readonly good: LeakyBucket;
  readonly bad: LeakyBucket;
  /** The lower quota, while rubbish prevails. */
  readonly lower: LeakyBucket;
}

export interface QuotaBook {
  take(taking: Taking, now: number): Taken;
  /** Charges what was done already: the share of the quota in use after it. */
  owe(property: Property, cost: number, now: number): number;
  /** Notes whether a key's body could be used. */
  judge(writeKey: string, usable: boolean, now: number): void;
  /** Whether a refused body of this size may be kept: as many as the quota for rubbish allows. */
  keeps(property: Property, bytes: number, now: number): boolean;
}

/** @param part This process's part of every quota: 1 over the number of collectors. */
export function createQuotaBook(part: number): QuotaBook {
  const used = new LRUCache<string, LeakyBucket>({ max: PROPERTIES });
  const kept = new LRUCache<string, LeakyBucket>({ max: PROPERTIES });
  const keys = new LRUCache<string, KeyRecord>({ max: KEYS });

  return {
    take({ property: { id, quota }, writeKey, cost }, now) {
      const bucket = bucketOf(used, id, now);
      const lower = lowerQuota(keys.get(writeKey), now);
      if (lower !== undefined) {
        const perSecond = quota.rubbishPerSecond * part;
        const retryAfterS = pour(lower, cost, { perSecond, now });
        if (retryAfterS > 0) return { retryAfterS, share: 1, rubbish: true };
      }
      const perSecond = quota.beaconsPerSecond * part;
      const retryAfterS = pour(bucket, cost, { perSecond, now });
      return { retryAfterS, share: shareOf(bucket, perSecond), rubbish: false };
    },
    owe({ id, quota }, cost, now) {
      const bucket = bucketOf(used, id, now);
      bucket.level = leak(bucket, now) + cost;
      return shareOf(bucket, quota.beaconsPerSecond * part);
    },
    judge(writeKey, usable, now) {
      const record = recordOf(keys, writeKey, now);
      const bucket = usable ? record.good : record.bad;
      bucket.level = leak(bucket, now) + 1;
    },
    keeps({ id, quota }, bytes, now) {
      const perSecond = quota.rubbishPerSecond * part;
      return pour(bucketOf(kept, id, now), toCost(1, bytes), { perSecond, now }) === 0;
    },
  };
}

function recordOf(keys: LRUCache<string, KeyRecord>, key: string, now: number): KeyRecord {
  const known = keys.get(key);
  if (known !== undefined) return known;
  const record = {
    good: createLeakyBucket(now),
    bad: createLeakyBucket(now),
    lower: createLeakyBucket(now),
  };
  keys.set(key, record);
  return record;
}

function bucketOf(buckets: LRUCache<string, LeakyBucket>, id: string, now: number): LeakyBucket {
  const known = buckets.get(id);
  if (known !== undefined) return known;
  const bucket = createLeakyBucket(now);
  buckets.set(id, bucket);
  return bucket;
}

/** Rubbish prevails where, of late, more bodies were useless than not. */
function lowerQuota(record: KeyRecord | undefined, now: number): LeakyBucket | undefined {
  if (record === undefined || record.bad.level === 0) return undefined;
  return leak(record.bad, now) > leak(record.good, now) ? record.lower : undefined;
}

function shareOf(bucket: LeakyBucket, perSecond: number): number {
  return perSecond > 0 ? Math.min(1, bucket.level / sizeOf(perSecond)) : 1;
}
