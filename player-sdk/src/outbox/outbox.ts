// The outbox: takes bodies, keeps them until they are accepted, and gives up on them aloud. It knows
// bytes, answers and time, and nothing of what the bodies say.

import type { LossReason } from '../contract/beacon.ts';
import { LIMITS } from '../contract/limits.ts';
import type { Answer, Timers, Transport } from '../contract/transport.ts';
import { type Parcel, sizeBytes, toPayload } from './parcel.ts';
import { isRefused, toDelayMs, toVerdict } from './retry.ts';

/** Bounds. A full queue drops the oldest ordinary body, then the oldest, as `queueFull`. */
export const OUTBOX_LIMITS = {
  parcels: 200,
  bytes: 1_048_576,
  /** One request: more than this only when a single body is larger. */
  requestBytes: 61_440,
} as const;

export interface OutboxOptions<P extends Parcel> {
  readonly transport: Transport;
  readonly timers: Timers;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Epoch ms, for Retry-After. */
  readonly wall: () => number;
  /** The address for a send that happens now: the send time stands in it. */
  readonly url: (unload: boolean) => string;
  /** Every readable answer, after its bodies were settled and before anything is sent again. */
  readonly onAnswer: (answer: Answer) => void;
  /** Its labels are final: it was taken, or may have been. At most once for each parcel. */
  readonly onFrozen: (parcel: P) => void;
}

export interface Outbox<P extends Parcel> {
  /** Takes a parcel and sends it as soon as nothing is in flight and no wait is due. */
  put(parcel: P): void;
  /** The page is back: sends what is still unconfirmed. */
  flush(): void;
  /** The page may end here: sends all that fits, unread; keeps it until it is confirmed. */
  unload(last: readonly P[]): void;
  /**
   * Calls back once nothing is in flight (now, or when the answer is there) for a function that
   * relabels; then replaces every parcel that is not frozen.
   */
  rebase(begin: () => (parcel: P) => P): void;
  /** Forgets everything; nothing is sent and nothing is called any more. */
  stop(): void;
  /** Rows given up so far. */
  readonly losses: { readonly [R in LossReason]?: number };
  /** Bodies held. */
  readonly size: number;
}

interface Entry<P> {
  parcel: P;
  bytes: number;
  frozen: boolean;
  /** Handed to the browser at unload; not handed twice before the page is back. */
  beaconed: boolean;
}

interface Box<P extends Parcel> {
  readonly options: OutboxOptions<P>;
  readonly losses: { [R in LossReason]?: number };
  readonly waiting: (() => (parcel: P) => P)[];
  /** In the order of their arrival; those in flight stay here until they are settled. */
  entries: Entry<P>[];
  inFlight: readonly Entry<P>[];
  /** Bodies in one request: halved at a 413, restored by the next success. */
  most: number;
  /** Answers in a row that ask for another try. */
  failures: number;
  cancelWait: (() => void) | undefined;
  stopped: boolean;
}

export function createOutbox<P extends Parcel>(options: OutboxOptions<P>): Outbox<P> {
  const box: Box<P> = {
    options,
    losses: {},
    waiting: [],
    entries: [],
    inFlight: [],
    most: LIMITS.beacons,
    failures: 0,
    cancelWait: undefined,
    stopped: false,
  };
  return {
    put(parcel) {
      enqueue(box, parcel);
      pump(box);
    },
    flush() {
      for (const entry of box.entries) entry.beaconed = false;
      pump(box);
    },
    unload(last) {
      for (const parcel of last) enqueue(box, parcel);
      sendUnread(box, toUnload(box.entries));
    },
    rebase(begin) {
      box.waiting.push(begin);
      if (box.inFlight.length === 0) relabel(box);
    },
    stop: () => stop(box),
    losses: box.losses,
    get size() {
      return box.entries.length;
    },
  };
}

function enqueue<P extends Parcel>(box: Box<P>, parcel: P): void {
  if (box.stopped) {
    lose(box, 'stopped', parcel.rows);
    return;
  }
  box.entries.push({ parcel, bytes: sizeBytes(parcel.body), frozen: false, beaconed: false });
  let bytes = box.entries.reduce((sum, entry) => sum + entry.bytes, 0);
  while (box.entries.length > OUTBOX_LIMITS.parcels || bytes > OUTBOX_LIMITS.bytes) {
    const idle = box.entries.filter((entry) => box.inFlight.indexOf(entry) < 0);
    const victim = idle.find((entry) => !entry.parcel.urgent) ?? idle[0];
    if (victim === undefined) return;
    bytes -= victim.bytes;
    remove(box, [victim]);
    lose(box, 'queueFull', victim.parcel.rows);
  }
}

/** Sends the oldest bodies, unless something is in flight or a wait is due. */
function pump<P extends Parcel>(box: Box<P>): void {
  if (box.stopped || box.inFlight.length > 0 || box.cancelWait !== undefined) return;
  const batch = takeWhileSmall(box.entries.slice(0, box.most));
  if (batch.length === 0) return;
  box.inFlight = batch;
  const { transport, url } = box.options;
  transport.post(url(false), toPayload(batch.map((entry) => entry.parcel)), (answer) => {
    if (!box.stopped) settle(box, batch, answer);
  });
}

function settle<P extends Parcel>(box: Box<P>, batch: readonly Entry<P>[], answer: Answer): void {
  const verdict = toVerdict(answer);
  const retried = verdict === 'again' || verdict === 'clock';
  box.failures = retried ? box.failures + 1 : 0;
  if (verdict === 'accepted') box.most = LIMITS.beacons;
  if (verdict === 'accepted' || (retried && !isRefused(answer))) freeze(box, batch);
  if (verdict === 'tooLarge' && batch.length > 1) {
    box.most = Math.ceil(batch.length / 2);
  } else if (!retried) {
    remove(box, batch);
    if (verdict !== 'accepted') loseAll(box, verdict === 'stopped' ? 'stopped' : 'refused', batch);
  }
  if (answer.status > 0) box.options.onAnswer(answer);
  box.inFlight = [];
  relabel(box);
  if (verdict === 'stopped') {
    loseAll(box, 'stopped', box.entries);
    stop(box);
  }
  // The first refused clock is answered at once: the send time is right now.
  if (verdict === 'again' || box.failures > 1) wait(box, answer);
  else pump(box);
}

function wait<P extends Parcel>(box: Box<P>, { retryAfter }: Answer): void {
  if (box.stopped) return;
  const { random, timers, wall } = box.options;
  const ms = toDelayMs({ failures: box.failures, retryAfter, wallMs: wall(), random: random() });
  box.cancelWait = timers.after(ms, () => {
    box.cancelWait = undefined;
    pump(box);
  });
}

function relabel<P extends Parcel>(box: Box<P>): void {
  for (const begin of box.waiting.splice(0)) {
    const map = begin();
    for (const entry of box.entries) {
      if (entry.frozen) continue;
      entry.parcel = map(entry.parcel);
      entry.bytes = sizeBytes(entry.parcel.body);
    }
  }
}

/** What may leave at unload: the newest that fit together, in the order of their arrival. */
function toUnload<P>(entries: readonly Entry<P>[]): readonly Entry<P>[] {
  const { unloadBytes } = LIMITS;
  const fresh = entries.filter((entry) => !entry.beaconed && entry.bytes < unloadBytes).reverse();
  return takeWhileSmall(fresh.slice(0, LIMITS.beacons)).reverse();
}

/** sendBeacon, halved while the browser refuses, then keepalive; what neither takes stays here. */
function sendUnread<P extends Parcel>(box: Box<P>, batch: readonly Entry<P>[]): void {
  if (batch.length === 0 || box.stopped) return;
  const { transport, url } = box.options;
  const payload = toPayload(batch.map((entry) => entry.parcel));
  const alone = batch.length === 1;
  if (transport.beacon(url(true), payload) || (alone && transport.keepalive(url(true), payload))) {
    freeze(box, batch);
    for (const entry of batch) entry.beaconed = true;
  } else if (!alone) {
    const half = Math.ceil(batch.length / 2);
    sendUnread(box, batch.slice(half)); // The newer half first: it has the exit and the totals.
    sendUnread(box, batch.slice(0, half));
  }
}

/** The first entries that fit one request; one alone always does. */
function takeWhileSmall<P>(entries: readonly Entry<P>[]): Entry<P>[] {
  let bytes = 1;
  return entries.filter((entry, i) => {
    bytes += entry.bytes + 1;
    return bytes <= OUTBOX_LIMITS.requestBytes || i === 0;
  });
}

function freeze<P extends Parcel>(box: Box<P>, entries: readonly Entry<P>[]): void {
  for (const entry of entries) {
    if (!entry.frozen) box.options.onFrozen(entry.parcel);
    entry.frozen = true;
  }
}

function remove<P extends Parcel>(box: Box<P>, gone: readonly Entry<P>[]): void {
  box.entries = box.entries.filter((entry) => gone.indexOf(entry) < 0);
}

function loseAll<P extends Parcel>(
  box: Box<P>,
  reason: LossReason,
  entries: readonly Entry<P>[],
): void {
  for (const entry of entries) lose(box, reason, entry.parcel.rows);
}

function lose<P extends Parcel>({ losses }: Box<P>, reason: LossReason, rows: number): void {
  losses[reason] = (losses[reason] ?? 0) + rows;
}

function stop<P extends Parcel>(box: Box<P>): void {
  box.stopped = true;
  box.cancelWait?.();
  box.entries = [];
  box.inFlight = [];
  box.waiting.length = 0;
}
