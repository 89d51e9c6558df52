// Charges the quota with what a body turned out to hold, beyond what its request was charged. The
// work is done by now, so this ends nothing: the property owes it to its next requests.
import { type Arrival, KEPT, type Tools, type Verdict } from './passage.ts';
import { toCost } from './quotaBook.ts';

export function chargeBody(arrival: Arrival, { quotas }: Tools): Verdict {
  const rest = toCost(arrival.values.length, arrival.body.length) - arrival.charged;
  if (rest > 0) arrival.quotaShare = quotas.owe(arrival.property, rest, arrival.receivedAt);
  return KEPT;
}
