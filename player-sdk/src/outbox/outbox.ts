// The outbox: takes bodies, keeps them until they are accepted, and gives up on them aloud. It knows
// bytes, answers and time, and nothing of what the bodies say.
import type { LossReason } from '../contract/beacon.ts';
import { LIMITS } from '../contract/limits.ts';
import type { Change } from '../contract/store.ts';
import type { Answer } from '../contract/transport.ts';
import {
  type Box,
  createBox,
  type Entry,
  enqueue,
  freeze,
  type Losses,
  lose,
  type OutboxOptions,
  remove,
} from './box.ts';
import { type Parcel, sizeBytes } from './parcel.ts';
import { toDelayMs, toVerdict } from './retry.ts';
import { recall, shelve } from './shelf.ts';

export interface Outbox<P extends Parcel> {
  /** Takes a parcel and sends it as soon as nothing is in flight and no wait is due. */
  put(parcel: P): void;
  /** The page is back, or the network proven: sends what is unconfirmed, then what is stored. */
  flush(): void;
  /** The page may end here: sends all that fits, unread; keeps it until it is confirmed. */
  unload(last: readonly P[]): void;
  /**
   * Calls back once nothing is in flight (now, or when the answer is there) for a function that
   * relabels; then replaces every parcel that is not frozen.
   */
  rebase(begin: () => (parcel: P) => P): void;
  /**
   * Changes the text of every body, held or stored; what comes out undefined is forgotten, and with
   * `clear` all that is stored. Freezes: a parcel that was relabelled would have its old text.
   */
  revise(change: Change, clear: boolean): void;
  /** Sends nothing for so long, or until the next rebase: an answer is due that labels need. */
  hold(ms: number): void;
  /** Forgets what is in memory; nothing is sent and nothing is called any more. */
  stop(): void;
  /** Counts rows that were given up elsewhere. */
  lose(reason: LossReason, rows: number): void;
  /** Rows given up so far. */
  readonly losses: Readonly<Losses>;
  /** Bodies held in memory. */
  readonly size: () => number;
}

export function createOutbox<P extends Parcel>(options: OutboxOptions<P>): Outbox<P> {
  const box = createBox(options);
  return {
    put(parcel) {
      enqueue(box, parcel);
      if (box.cancelWait) shelve(box);
      else pump(box);
    },
    flush() {
      for (const entry of box.entries) entry.left = false;
      box.shelved = true;
      pump(box);
    },
    unload(last) {
      for (const parcel of last) enqueue(box, parcel);
      leave(box, box.entries.filter((entry) => !entry.left).slice(-LIMITS.beacons));
      shelve(box);
      options.store()?.close();
    },
    rebase(begin) {
      box.rebases.push(begin);
      if (!box.inFlight.length) relabel(box);
      release(box);
    },
    revise: (change, clear) => revise(box, change, clear),
    hold(ms) {
      if (!box.cancelHold) box.cancelHold = options.timers.after(ms, () => release(box));
    },
    stop: () => stop(box),
    lose: (reason, rows) => lose(box, reason, [{ rows }]),
    losses: box.losses,
    size: () => box.entries.length,
  };
}

/** Sends the oldest bodies, unless something is in flight or a wait is due. */
function pump<P extends Parcel>(box: Box<P>): void {
  if (box.stopped || box.inFlight.length || box.cancelWait || box.cancelHold) return;
  let bytes = 0;
  const batch = box.entries.slice(0, box.most).filter((entry, i) => {
    bytes += sizeBytes(entry.body) + 2;
    return bytes <= LIMITS.unloadBytes || !i;
  });
  if (!batch.length) {
    recall(box, () => pump(box));
    return;
  }
  box.inFlight = batch;
  const { transport, url } = box.options;
  transport.post(url(false), toPayload(batch), (answer) => {
    if (!box.stopped) settle(box, batch, answer);
  });
}

function settle<P extends Parcel>(box: Box<P>, batch: readonly Entry<P>[], answer: Answer): void {
  const { onAnswer, store } = box.options;
  const { status } = answer;
  const verdict = toVerdict(status);
  const again = verdict === 'again';
  const accepted = verdict === 'accepted';
  const retried = again || verdict === 'clock';
  box.failures = retried ? box.failures + 1 : 0;
  if (accepted) box.most = LIMITS.beacons;
  // 409 and 429 are answered before a byte is read; a 5xx may come after the body was taken.
  if (accepted || (again && status !== 429)) freeze(box, batch);
  if (verdict === 'tooLarge' && batch.length > 1) box.most = Math.ceil(batch.length / 2);
  else if (!retried) {
    remove(box, batch);
    store()?.drop(batch.filter((entry) => entry.stored));
    if (!accepted) lose(box, verdict === 'stopped' ? verdict : 'refused', batch);
  }
  if (status) onAnswer(answer);
  box.inFlight = [];
  relabel(box);
  if (verdict === 'stopped') {
    lose(box, verdict, box.entries);
    revise(box, () => undefined, true);
    stop(box);
  }
  // The first refused clock is answered at once: the send time is right now.
  if (again || box.failures > 1) wait(box, answer);
  else pump(box);
}

function wait<P extends Parcel>(box: Box<P>, answer: Answer): void {
  if (box.stopped) return;
  const { random, timers, wall } = box.options;
  const ms = toDelayMs(answer, box.failures, { wallMs: wall(), chance: random() });
  box.cancelWait = timers.after(ms, () => {
    box.cancelWait = undefined;
    pump(box);
  });
  shelve(box);
}

function relabel<P extends Parcel>(box: Box<P>): void {
  for (const begin of box.rebases.splice(0)) {
    const move = begin();
    for (const entry of box.entries) {
      if (entry.frozen || !entry.parcel) continue;
      entry.parcel = move(entry.parcel);
      entry.body = entry.parcel.body;
    }
  }
}

function revise<P extends Parcel>(box: Box<P>, change: Change, clear: boolean): void {
  freeze(box, box.entries);
  box.entries = box.entries.filter((entry) => {
    const body = change(entry.body);
    entry.body = body || '';
    return body;
  });
  box.options.store()?.revise(clear ? () => undefined : change);
}

/** Halved while nobody takes it, the newer half first: it has the exit and the totals. */
function leave<P extends Parcel>(box: Box<P>, batch: readonly Entry<P>[]): void {
  const { length } = batch;
  if (!length) return;
  const { transport, url } = box.options;
  if (transport.leave(url(true), toPayload(batch), length < 2)) {
    freeze(box, batch);
    for (const entry of batch) entry.left = true;
  } else if (length > 1) {
    leave(box, batch.slice(length >> 1));
    leave(box, batch.slice(0, length >> 1));
  }
}

function release<P extends Parcel>(box: Box<P>): void {
  box.cancelHold?.();
  box.cancelHold = undefined;
  pump(box);
}

function stop<P extends Parcel>(box: Box<P>): void {
  box.stopped = true;
  box.cancelWait?.();
  box.cancelHold?.();
  box.entries = [];
  box.inFlight = [];
  box.rebases.length = 0;
}

/** Bodies that travel together are a JSON array; one alone is itself. */
function toPayload(batch: readonly { readonly body: string }[]): string {
  const text = batch.map(({ body }) => body).join();
  return batch.length > 1 ? `[${text}]` : text;
}
