// Checks one beacon against the contract. Only a bad envelope or context ends it; bad items are
// taken out one by one and kept as issues.
import { readBeacon } from '@retour/player-sdk/contract/schema';
import { KEPT, type Passage, toDrop, type Verdict } from './passage.ts';

export function validateBeacon(passage: Passage): Verdict {
  const { beacon, issues } = readBeacon(passage.value);
  passage.issues = issues;
  if (beacon !== undefined) {
    passage.beacon = beacon;
    return KEPT;
  }
  const first = issues[0];
  const code = first?.reason === 'unsupported_version' ? first.reason : 'invalid_beacon';
  return toDrop(code, first?.detail ?? 'one that cannot be read');
}
