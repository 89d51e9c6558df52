// Ends requests of pages that the property does not know. This binds browsers only: a sender without
// an Origin header is no page (or asks its own origin), and anybody else could write one.
import { quoted } from '../errors.ts';
import { type Arrival, KEPT, toDrop, type Verdict } from './passage.ts';

export function dropForeignOrigin({ origin, property: { origins } }: Arrival): Verdict {
  if (origins.length === 0 || origin === undefined || origins.includes(origin)) return KEPT;
  return toDrop('origin_refused', quoted(origin));
}
