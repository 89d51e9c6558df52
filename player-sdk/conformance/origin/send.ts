// One answer of the origin, spoilt as its fault says: late, slow, held back, cut off, refused or never.
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** One request, as the origin's log has it. Times are epoch ms. */
export interface Served {
  readonly path: string;
  readonly at: number;
  /** 0 while nothing was answered. */
  readonly status: number;
  /** Of the body, given to the connection so far. */
  readonly bytes: number;
  /** All of it was given away; absent while it is under way or when it never was. */
  readonly doneAt?: number;
  /** The connection was gone before. */
  readonly lostAt?: number;
  /** Refused, cut off, or given up as it was never answered. */
  readonly failedAt?: number;
}

export type Entry = { -readonly [K in keyof Served]: Served[K] };

/** What a rule decides by. */
export interface Asked {
  readonly path: string;
  readonly fromByte: number;
  readonly sizeBytes: number;
  /** How often this path has been asked for, this time included. */
  readonly times: number;
}

export interface Fault {
  /** Before the first byte, ms. */
  readonly delayMs?: number;
  /** Of this answer alone. */
  readonly bytesPerS?: number;
  /** Share of the body from which on its bytes wait for release(): 0 all of it, 1 none. */
  readonly holdFrom?: number;
  /** The connection is cut after this share of the body. */
  readonly cutAt?: number;
  readonly status?: 403 | 404 | 500 | 503;
  /** Never answers; the connection stays open. */
  readonly silent?: boolean;
}

export interface Sending {
  readonly entry: Entry;
  readonly resource: { readonly type: string; readonly body: Uint8Array } | undefined;
  readonly fault: Fault;
  readonly fromByte: number;
  readonly toByte: number;
  readonly ranged: boolean;
  readonly released: () => Promise<void>;
}

/** Pieces a second of a throttled answer. */
const PIECES_PER_S = 20;

export async function send(response: ServerResponse, sending: Sending): Promise<void> {
  const { entry, resource, fault, fromByte, toByte, ranged, released } = sending;
  response.once('close', () => {
    if (entry.doneAt === undefined) entry.lostAt = Date.now();
    if (fault.silent || fault.cutAt !== undefined || entry.status >= 400) {
      entry.failedAt = Date.now();
    }
  });
  if (fault.silent) return;
  if (fault.delayMs !== undefined) await sleep(fault.delayMs);
  const refusal = fault.status ?? (resource === undefined ? 404 : undefined);
  if (refusal !== undefined || resource === undefined) {
    entry.status = refusal ?? 404;
    response.writeHead(entry.status, OPEN).end(() => {
      entry.doneAt = Date.now();
    });
    return;
  }
  const { type, body } = resource;
  entry.status = ranged ? 206 : 200;
  response.writeHead(entry.status, {
    ...OPEN,
    'content-type': type,
    'content-length': toByte - fromByte + 1,
    'accept-ranges': 'bytes',
    ...(ranged && { 'content-range': `bytes ${fromByte}-${toByte}/${body.length}` }),
  });
  response.flushHeaders();
  const whole = body.subarray(fromByte, toByte + 1);
  const write = (from: number, to: number) =>
    pour(response, whole.subarray(from, to), { entry, bytesPerS: fault.bytesPerS });
  const free = Math.floor(whole.length * Math.min(fault.holdFrom ?? 1, fault.cutAt ?? 1));
  await write(0, free);
  if (fault.cutAt !== undefined) {
    response.destroy();
    return;
  }
  if (free < whole.length) {
    await released();
    await write(free, whole.length);
  }
  if (response.destroyed) return;
  response.end(() => {
    entry.doneAt = Date.now();
  });
}

/** Any page may read it, and its times (Timing-Allow-Origin). */
const OPEN = {
  'access-control-allow-origin': '*',
  'timing-allow-origin': '*',
} as const;

async function pour(
  response: ServerResponse,
  bytes: Uint8Array,
  { entry, bytesPerS }: { entry: Entry; bytesPerS: number | undefined },
): Promise<void> {
  const piece = bytesPerS === undefined ? bytes.length : Math.ceil(bytesPerS / PIECES_PER_S);
  for (let from = 0; from < bytes.length; from += piece) {
    if (bytesPerS !== undefined) await sleep(1000 / PIECES_PER_S);
    if (response.destroyed) return; // The player gave it up.
    const part = bytes.subarray(from, from + piece);
    // Its callback comes with an error too, when the connection is gone.
    await new Promise<void>((resolve) => response.write(part, () => resolve()));
    entry.bytes += part.length;
  }
}
