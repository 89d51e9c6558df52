// Says whether a publisher's view token is there. A property cannot register a publisher's public
// key yet, so no token can be verified: whatever is there reads `invalid`, never `valid`.
import { KEPT, type Passage, type Verdict } from './passage.ts';

export function putToken(passage: Passage): Verdict {
  passage.token = passage.beacon.ctx.token === undefined ? 'absent' : 'invalid';
  return KEPT;
}
