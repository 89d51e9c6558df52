// Unpacks a gzip body, told by its magic bytes alone (a header would make the request a preflighted
// one). Never lets a body grow beyond the limit, whatever it claims.
import { promisify } from 'node:util';
import { gunzip, gunzipSync, type InputType, type ZlibOptions } from 'node:zlib';
import { LIMITS } from '@retour/player-sdk/contract';
import { type Arrival, KEPT, toDrop, type Verdict } from './passage.ts';

const OPTIONS = { maxOutputLength: LIMITS.bodyBytes };

/** Below this a trip to the thread pool costs more than it saves. */
const SYNC_BYTES = 65_536;

const gunzipApart: (body: InputType, options: ZlibOptions) => Promise<Uint8Array> =
  promisify(gunzip);

export function inflate(arrival: Arrival): Verdict | Promise<Verdict> {
  const { body } = arrival;
  if (body[0] !== 0x1f || body[1] !== 0x8b) return KEPT;
  if (body.length > SYNC_BYTES) return inflateApart(arrival);
  try {
    arrival.body = gunzipSync(body, OPTIONS);
    return KEPT;
  } catch (error) {
    return toZlibDrop(error);
  }
}

async function inflateApart(arrival: Arrival): Promise<Verdict> {
  try {
    arrival.body = await gunzipApart(arrival.body, OPTIONS);
    return KEPT;
  } catch (error) {
    return toZlibDrop(error);
  }
}

/** @throws What is no fault of the body. */
function toZlibDrop(error: unknown): Verdict {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_BUFFER_TOO_LARGE') return toDrop('body_too_large', 'gzip of more');
  if (code === 'Z_BUF_ERROR') return toDrop('bad_request', 'a gzip body that was cut off');
  if (code.startsWith('Z_')) return toDrop('bad_request', 'a broken gzip body');
  throw error;
}
