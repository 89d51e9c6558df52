// Puts the bytes that the log will hold of a beacon: as it came wherever that can be, serialised again
// only where it shared its body with others or where items had to be taken out.
import { LIMITS } from '@retour/player-sdk/contract';
import { KEPT, type Passage, toDrop, type Verdict } from './passage.ts';
import { toJsonBytes } from './toItemBody.ts';

const BRACE = 0x7b;

export function putBody(passage: Passage): Verdict {
  const { arrival, value, beacon, issues } = passage;
  if (issues.length > 0) passage.body = toJsonBytes(beacon);
  else if (arrival.values.length === 1 && arrival.body[0] === BRACE) passage.body = arrival.body;
  else passage.body = toJsonBytes(value);
  return passage.body.length > LIMITS.bodyBytes ? dropOutgrown(passage) : KEPT;
}

/** Numbers may grow when they are written again: `1e20` has 4 characters and becomes 21. */
function dropOutgrown(passage: Passage): Verdict {
  const detail = `${passage.body.length} of ${LIMITS.bodyBytes} bytes when written again`;
  passage.issues = [{ item: 'beacon', reason: 'too_long', detail }];
  return toDrop('body_too_large', detail);
}
