// Reads the URL's parameters: contract version, send time, unload mark. Ends requests that do not
// have them as the contract says.
import { CONTRACT_VERSION } from '@retour/player-sdk/contract';
import { quoted } from '../errors.ts';
import { type Arrival, KEPT, toDrop, type Verdict } from './passage.ts';

/** Epoch ms in digits: 13 of them until the year 2286. */
const SEND_TIME = /^\d{1,15}$/;

export function dropBadQuery(arrival: Arrival): Verdict {
  const { v, s, u } = arrival.query;
  if (v !== String(CONTRACT_VERSION)) {
    return typeof v === 'string' && /^\d+$/.test(v)
      ? toDrop('unsupported_version', `v=${v.slice(0, 20)}`)
      : toDrop('bad_request', toFound('v', v));
  }
  if (typeof s !== 'string' || !SEND_TIME.test(s)) return toDrop('bad_request', toFound('s', s));
  if (u !== undefined && u !== '1') return toDrop('bad_request', toFound('u', u));
  if (arrival.body.length === 0) return toDrop('bad_request', 'an empty body');
  arrival.unload = u === '1';
  arrival.skewMs = Number(s) - arrival.receivedAt;
  return KEPT;
}

function toFound(name: string, value: unknown): string {
  if (value === undefined) return `no ${name}`;
  return typeof value === 'string' ? `${name}=${quoted(value)}` : `${name} more than once`;
}
