// Finds the property that owns the write key, and its account; ends requests of keys that nobody owns or that were
// stopped for good.
import { quoted } from '../errors.ts';
import { type Arrival, KEPT, type Tools, toDrop, type Verdict } from './passage.ts';

export function dropUnknownKey(arrival: Arrival, { control, quotas }: Tools): Verdict {
  const key = control.keyOf(arrival.writeKey);
  const property = key && control.property(key.property);
  if (key === undefined || property === undefined) {
    return toDrop('unknown_key', quoted(arrival.writeKey));
  }
  arrival.property = property;
  arrival.account = quotas.accountOf(arrival.writeKey, property.id, arrival.receivedAt);
  if (key.state === 'stopped') return toDrop('key_stopped', 'one that was stopped');
  return KEPT;
}
