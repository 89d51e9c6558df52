// The load: senders that behave like the SDK. What is refused or stays without an answer is sent
// again; some of what has no answer is given up, and some of what was taken is sent once more.
import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeBeacon } from '@retour/player-sdk/contract';
import { createAudienceView, STEPS, toStepBeacon, toTruthRows } from './audience.ts';
import type { Ledger } from './ledger.ts';

export interface LoadOptions {
  /** Beacons and settings of one key: `http://127.0.0.1:<port>/r/<key>`. */
  readonly url: string;
  readonly ledger: Ledger;
  readonly beaconsPerSecond: number;
  readonly senders: number;
}

export interface LoadCounts {
  sent: number;
  acknowledged: number;
  refused: number;
  unanswered: number;
}

export interface Load {
  readonly counts: Readonly<LoadCounts>;
  /** Lets every beacon in hand come to its end, then resolves. @throws what no sender may meet. */
  finish(): Promise<void>;
}

const GIVE_UP = 0.3;
const SEND_AGAIN = 0.05;
const RETRY_MS = 100;
/** A sender whose beacon is not taken for so long means that something does not come back. */
const PATIENCE_MS = 60_000;
const ANSWER_MS = 10_000;

type Outcome = 'acknowledged' | 'refused' | 'unanswered';

export function startLoad(options: LoadOptions): Load {
  const counts: LoadCounts = { sent: 0, acknowledged: 0, refused: 0, unanswered: 0 };
  const stopping = new AbortController();
  setMaxListeners(options.senders, stopping.signal);
  const pauseMs = (1_000 * options.senders) / options.beaconsPerSecond;
  const runSender = async () => {
    while (!stopping.signal.aborted) {
      const view = createAudienceView(Date.now(), randomBytes(10));
      for (let step = 0; step <= STEPS && !stopping.signal.aborted; step += 1) {
        const beacon = toStepBeacon(view, step);
        const parcel = {
          body: JSON.stringify(encodeBeacon(beacon)),
          rows: toTruthRows(beacon),
        };
        await deliver(parcel, options, counts);
        if (Math.random() < SEND_AGAIN) await send(parcel.body, options.url, counts);
        const pause = pauseMs * 2 * Math.random();
        await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {}); // Only aborted.
      }
    }
  };
  const running = Promise.all(Array.from({ length: options.senders }, runSender));
  // The first sender that gives up ends the load; `finish` tells why.
  running.catch(() => stopping.abort());
  return {
    counts,
    finish: async () => {
      stopping.abort();
      await running;
    },
  };
}

interface Parcel {
  readonly body: string;
  readonly rows: ReturnType<typeof toTruthRows>;
}

async function deliver(
  { body, rows }: Parcel,
  { url, ledger }: LoadOptions,
  counts: LoadCounts,
): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (true) {
    const outcome = await send(body, url, counts);
    if (outcome === 'acknowledged') return ledger.acknowledge(rows);
    if (outcome === 'unanswered') {
      ledger.doubt(rows);
      if (Math.random() < GIVE_UP) return;
    }
    if (Date.now() > until) throw new Error(`no beacon was taken for ${PATIENCE_MS} ms`);
    await sleep(RETRY_MS);
  }
}

async function send(body: string, url: string, counts: LoadCounts): Promise<Outcome> {
  counts.sent += 1;
  const outcome = await ask(body, url);
  counts[outcome] += 1;
  return outcome;
}

async function ask(body: string, url: string): Promise<Outcome> {
  let answer: Response;
  try {
    const signal = AbortSignal.timeout(ANSWER_MS);
    answer = await fetch(`${url}?v=1&s=${Date.now()}`, { method: 'POST', body, signal });
  } catch (error) {
    return isNeverSent(error) ? 'refused' : 'unanswered';
  }
  const text = await answer.text().catch(() => '');
  // Whoever sees 2xx knows that it was taken, even when the rest of the answer was cut.
  if (answer.ok) {
    if (text !== '' && !/"accepted":1,"rejected":0/.test(text))
      throw new Error(`a valid beacon was answered ${text}`);
    return 'acknowledged';
  }
  if (answer.status === 503 || answer.status === 429) return 'refused';
  throw new Error(`a valid beacon was answered ${answer.status} ${text}`);
}

/** Nobody listened: not a byte of it left. */
function isNeverSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
