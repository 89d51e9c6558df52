// Ends requests whose send time is too far off the server's clock: their sender corrects its clock
// by the answer. What was sent at unload cannot read an answer: it passes, its skew recorded.
import { LIMITS } from '@retour/player-sdk/contract';
import { type Arrival, KEPT, toDrop, type Verdict } from './passage.ts';

export function checkClock({ unload, skewMs }: Arrival): Verdict {
  if (unload || Math.abs(skewMs) <= LIMITS.clockSkewMs) return KEPT;
  return toDrop('clock', `one ${Math.abs(skewMs)} ms ${skewMs < 0 ? 'behind' : 'ahead'}`);
}
