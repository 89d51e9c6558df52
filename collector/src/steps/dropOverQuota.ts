// Ends requests beyond the property's quota before a byte of them is inflated, and those of a key
// that mostly sends rubbish beyond its lower one.
import { takeQuota, toCost } from './account.ts';
import { type Arrival, KEPT, type Verdict } from './passage.ts';

export function dropOverQuota(arrival: Arrival): Verdict {
  const { account, receivedAt } = arrival;
  const { quota } = arrival.property;
  const cost = toCost(1, arrival.body.length);
  const taken = takeQuota(account, { quota, cost, now: receivedAt });
  if (taken.retryAfterS === 0) {
    arrival.charged = cost;
    return KEPT;
  }
  const came = taken.rubbish
    ? `a key that mostly sends rubbish and so may send ${quota.rubbishPerSecond} beacons a second`
    : `more than ${quota.beaconsPerSecond} beacons a second`;
  return { kept: false, reason: 'quota', came, retryAfterS: taken.retryAfterS };
}
