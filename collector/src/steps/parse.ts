// Parses a body: one beacon or an array of them. What the beacons hold is for the next steps.
import { isUtf8 } from 'node:buffer';
import { LIMITS } from '@retour/player-sdk/contract';
import { type Arrival, KEPT, toDrop, type Verdict } from './passage.ts';

export function parse(arrival: Arrival): Verdict {
  const { body } = arrival;
  if (!isUtf8(body)) return toDrop('not_json', `${body.length} bytes that are not UTF-8`);
  const parsed = parseJson(body);
  if (parsed === undefined) return toDrop('not_json', `${body.length} bytes that are not JSON`);
  if (!Array.isArray(parsed.value)) {
    arrival.values = [parsed.value];
    return KEPT;
  }
  const values: readonly unknown[] = parsed.value;
  if (values.length === 0) return toDrop('invalid_beacon', 'an array of none');
  if (values.length > LIMITS.beacons) return toDrop('too_many_beacons', String(values.length));
  arrival.values = values;
  return KEPT;
}

function parseJson(body: Uint8Array): { readonly value: unknown } | undefined {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
