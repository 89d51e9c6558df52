// Charges the quota with what a body turned out to hold, beyond what its request was charged. The
// work is done by now, so this ends nothing: the property owes it to its next requests.
import { oweQuota, toCost } from './account.ts';
import { type Arrival, KEPT, type Verdict } from './passage.ts';

export function chargeBody({ account, values, body, charged, receivedAt }: Arrival): Verdict {
  const rest = toCost(values.length, body.length) - charged;
  if (rest > 0) oweQuota(account, rest, receivedAt);
  return KEPT;
}
