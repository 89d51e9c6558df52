// Ends requests beyond the property's quota before a byte of them is inflated, and those of a key
// that mostly sends rubbish beyond its lower one.
import type { Arrival, Tools, Verdict } from './passage.ts';
import { KEPT } from './passage.ts';
import { toCost } from './quotaBook.ts';

export function dropOverQuota(arrival: Arrival, { quotas }: Tools): Verdict {
  const cost = toCost(1, arrival.body.length);
  const { property, writeKey, receivedAt } = arrival;
  const taken = quotas.take({ property, writeKey, cost }, receivedAt);
  arrival.quotaShare = taken.share;
  if (taken.retryAfterS === 0) {
    arrival.charged = cost;
    return KEPT;
  }
  const { beaconsPerSecond, rubbishPerSecond } = property.quota;
  const came = taken.rubbish
    ? `a key that mostly sends rubbish and so may send ${rubbishPerSecond} beacons a second`
    : `more than ${beaconsPerSecond} beacons a second`;
  return { kept: false, reason: 'quota', came, retryAfterS: taken.retryAfterS };
}
