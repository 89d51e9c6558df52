// One write key's account of its quotas: what its property has sent of late, whether it mostly sends
// rubbish, and how much of that was kept. Pure over its buckets.
import type { Quota } from '../control/property.ts';
import { createLeakyBucket, type LeakyBucket, leak, pour, sizeOf } from './leakyBucket.ts';

export interface Account {
  readonly property: string;
  /** Part of every quota that this process grants. */
  readonly part: number;
  /** Of the property: its keys share these two. */
  readonly used: LeakyBucket;
  /** Refused bodies and items that were kept. */
  readonly kept: LeakyBucket;
  /** Of the key: bodies that could be used, bodies that could not. */
  readonly good: LeakyBucket;
  readonly bad: LeakyBucket;
  /** The lower quota, while rubbish prevails. */
  readonly lower: LeakyBucket;
}

export interface Taken {
  /** 0 where it was taken. */
  readonly retryAfterS: number;
  /** Refused by the lower quota for rubbish. */
  readonly rubbish: boolean;
}

export interface Charge {
  readonly quota: Quota;
  readonly cost: number;
  readonly now: number;
}

/** Bytes that cost as much as one beacon: a heartbeat has 1.2 kB, an unload body up to 60 kB. */
const COST_BYTES = 16_384;

export function toCost(beacons: number, bytes: number): number {
  return Math.max(beacons, Math.ceil(bytes / COST_BYTES));
}

const TAKEN: Taken = { retryAfterS: 0, rubbish: false };

export function takeQuota(account: Account, { quota, cost, now }: Charge): Taken {
  if (prevailsRubbish(account, now)) {
    const perSecond = quota.rubbishPerSecond * account.part;
    const retryAfterS = pour(account.lower, cost, { perSecond, now });
    if (retryAfterS > 0) return { retryAfterS, rubbish: true };
  }
  const perSecond = quota.beaconsPerSecond * account.part;
  const retryAfterS = pour(account.used, cost, { perSecond, now });
  return retryAfterS === 0 ? TAKEN : { retryAfterS, rubbish: false };
}

/** Charges what was done already: it is owed, and the next requests wait for it. */
export function oweQuota({ used }: Account, cost: number, now: number): void {
  used.level = leak(used, now) + cost;
}

/** Share of the property's quota in use, 0 … 1. */
export function shareOf({ used, part }: Account, { beaconsPerSecond }: Quota): number {
  const size = sizeOf(beaconsPerSecond * part);
  return size > 0 ? Math.min(1, used.level / size) : 1;
}

/** Notes whether a body of the key could be used. */
export function judge({ good, bad }: Account, usable: boolean, now: number): void {
  const bucket = usable ? good : bad;
  bucket.level = leak(bucket, now) + 1;
}

/** Whether a refused body may be kept: as many as the quota for rubbish allows. */
export function mayKeep({ kept, part }: Account, { quota, cost, now }: Charge): boolean {
  return pour(kept, cost, { perSecond: quota.rubbishPerSecond * part, now }) === 0;
}

export function createAccount(property: string, part: number, now: number): Account {
  const create = () => createLeakyBucket(now);
  return {
    property,
    part,
    used: create(),
    kept: create(),
    good: create(),
    bad: create(),
    lower: create(),
  };
}

/** Of late, more bodies were useless than not. */
function prevailsRubbish({ good, bad }: Account, now: number): boolean {
  return bad.level > 0 && leak(bad, now) > leak(good, now);
}
