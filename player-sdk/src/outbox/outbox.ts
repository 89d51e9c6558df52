// The outbox: takes bodies, keeps them until they are accepted, and gives up on them aloud. It knows
// bytes, answers and time, and nothing of what the bodies say. Where there is a store, what was sent
// in vain moves there: frozen, free for every tab, and no longer in memory.
import type { LossReason } from '../contract/beacon.ts';
import { LIMITS } from '../contract/limits.ts';
import { sizeBytes } from '../contract/sizeBytes.ts';
import type { Change, Store, Stored } from '../contract/store.ts';
import type { Answer, Timers, Transport } from '../contract/transport.ts';
import type { Parcel } from './parcel.ts';
import { isAccepted, isWorthAnotherTry, toDelayMs } from './retry.ts';

/** Bounds: bodies, and characters. A full queue drops the oldest ordinary body, then the oldest, as `queueFull`. */
export const OUTBOX_LIMITS = { parcels: 200, size: 1_048_576 } as const;

export interface OutboxOptions<P extends Parcel> {
  /** Makes what transport and store call back, and what they set off, throw nothing. */
  readonly guard: <A extends readonly unknown[], T>(
    act: (...given: A) => T,
  ) => (...given: A) => T | undefined;
  readonly transport: Transport;
  readonly timers: Timers;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Epoch ms of the device: how old a body is that another page finds. */
  readonly wall: () => number;
  /** Corrected epoch ms: a Retry-After may be a date of the collector's. */
  readonly time: () => number;
  /** The address for a send that happens now: the send time stands in it. */
  readonly url: (unread: boolean) => string;
  /** Every readable answer, after its bodies were settled and before anything is sent again. */
  readonly onAnswer: (answer: Answer) => void;
  /** Its labels are final: it was taken, may have been, or is stored. */
  readonly onFrozen: (parcel: P) => void;
  /** Where bodies outlive the page, as far as that is allowed now. */
  readonly store: () => Store | undefined;
  /** What may leave now of a body that an earlier page stored. One that it cannot read is forgotten. */
  readonly permit: (body: string) => string;
}

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
   * `clear` all that is stored. Freezes: a parcel that was relabelled would have its old text. What is
   * on its way is taken back, and leaves with the next flush.
   */
  revise(change: Change, clear: boolean): void;
  /** Sends nothing for so long, or until it is released: an answer is due that bodies need. */
  hold(ms: number): void;
  /** The answer was put to use. */
  release(): void;
  /** Forgets what is in memory; nothing is sent and nothing is called any more. */
  stop(): void;
  /** Counts rows that were given up elsewhere. */
  lose(reason: LossReason, rows: number): void;
  /** Rows given up so far. */
  readonly losses: { readonly [R in LossReason]?: number };
  /** Bodies held in memory. */
  readonly size: () => number;
}

/** A body held. Its text may be changed (`revise`) without its rows. */
interface Entry<P> extends Stored {
  body: string;
  /** Absent for what an earlier page stored: nothing of it can be relabelled. */
  parcel?: P;
  urgent?: boolean | undefined;
  /** Only such bodies are ever in the store, or being written there. */
  frozen?: boolean;
  /** It lies there for sure: forgotten here, it is not lost. */
  safe?: boolean;
  /** Handed over at unload; not handed twice before the page is back. */
  left?: boolean;
}

export function createOutbox<P extends Parcel>(options: OutboxOptions<P>): Outbox<P> {
  const { guard, onFrozen, random, store, time, timers, transport, url, wall } = options;
  const onAnswer = guard(options.onAnswer);
  const losses: { [R in LossReason]?: number } = {};
  let rebase: (() => (parcel: P) => P) | undefined;
  /** In the order of their arrival; those in flight stay here until they are settled. */
  let entries: Entry<P>[] = [];
  let inFlight: readonly Entry<P>[] = [];
  /** Bodies in one request: halved at a 413, restored by the next success. */
  let most: number = LIMITS.beacons;
  /** Answers in a row that ask for another try. */
  let failures = 0;
  let cancelSend = (): void => undefined;
  let cancelWait: (() => void) | undefined;
  let cancelHold: (() => void) | undefined;
  /** The store may have something to send. */
  let shelved = true;
  let stopped = false;
  /** How often bodies were revised: what the store gives back of before is left there. */
  let revisions = 0;

  const lose = (reason: LossReason, rows: number): void => {
    losses[reason] = (losses[reason] || 0) + rows;
  };
  const loseAll = (reason: LossReason, gone: readonly { readonly rows: number }[]): void => {
    for (const { rows } of gone) lose(reason, rows);
  };
  const isIdle = (entry: Entry<P>): boolean => inFlight.indexOf(entry) < 0;
  const remove = (gone: readonly Entry<P>[]): void => {
    entries = entries.filter((entry) => gone.indexOf(entry) < 0);
  };
  const freeze = (batch: readonly Entry<P>[]): void => {
    for (const entry of batch) {
      if (!entry.frozen && entry.parcel) onFrozen(entry.parcel);
      entry.frozen = true;
    }
  };

  /** Here and in the store. */
  function discard(gone: readonly Entry<P>[]): void {
    const shelf = store();
    remove(gone);
    if (shelf) shelf.drop(gone.filter((entry) => entry.frozen));
  }

  function enqueue(parcel: P): void {
    const { body, rows, urgent } = parcel;
    if (stopped) {
      lose('stopped', rows);
      return;
    }
    entries.push({ id: [wall(), random()], body, rows, parcel, urgent });
    while (
      entries.length > OUTBOX_LIMITS.parcels ||
      entries.reduce((sum, { body }) => sum + body.length, 0) > OUTBOX_LIMITS.size
    ) {
      const idle = entries.filter(isIdle);
      const safe = idle.filter((entry) => entry.safe);
      const ordinary = idle.filter((entry) => !entry.urgent);
      const victim = safe.concat(ordinary, idle).slice(0, 1);
      if (!victim.length) return;
      if (safe.length) remove(victim);
      else {
        discard(victim);
        loseAll('queueFull', victim);
      }
    }
  }

  /** Sends the oldest bodies, or what is stored, unless something is in flight or a wait is due. */
  function pump(): void {
    if (stopped || inFlight.length || cancelWait || cancelHold) return;
    let bytes = 0;
    const batch = entries.slice(0, most).filter((entry, i) => {
      if (bytes <= LIMITS.unloadBytes) bytes += sizeBytes(entry.body) + 2;
      return bytes <= LIMITS.unloadBytes || !i;
    });
    if (!batch.length) {
      recall();
      return;
    }
    const done = guard((answer: Answer) => {
      if (!stopped) settle(batch, answer);
    });
    cancelSend = transport.post(url(false), toPayload(batch), done);
    inFlight = batch; // Last: where nothing was sent, nothing is waited for.
  }

  function settle(batch: readonly Entry<P>[], answer: Answer): void {
    const { status } = answer;
    const again = isWorthAnotherTry(status);
    const accepted = isAccepted(status);
    const retried = again || status === 409;
    const stops = status === 410;
    failures = retried ? failures + 1 : 0;
    if (accepted) {
      most = LIMITS.beacons;
      shelved = true; // Another tab, or a lease, may have kept it from us before.
    }
    if (status === 413 && batch.length > 1) most = batch.length >> 1;
    else if (!retried) {
      discard(batch);
      if (!accepted) loseAll(stops ? 'stopped' : 'refused', batch);
    }
    // 409 and 429 are answered before a byte is read; a 5xx may come after the body was taken.
    if (accepted || (again && status !== 429)) freeze(batch);
    if (status) onAnswer(answer);
    inFlight = [];
    relabel();
    if (stops) {
      loseAll('stopped', entries);
      revise(() => undefined, true);
      stop();
    }
    // The first refused clock is answered at once: the send time is right now.
    if (again || failures > 1) wait(answer);
    else pump();
  }

  function wait(answer: Answer): void {
    if (stopped) return;
    const ms = toDelayMs(answer, failures, { timeMs: time(), chance: random() });
    cancelWait = timers.after(ms, () => {
      cancelWait = undefined;
      pump();
    });
    shelve();
  }

  /** Hands all that is held to the store. Where that fails, memory keeps it. */
  function shelve(): void {
    const shelf = store();
    const moved = entries.slice(); // What comes while it is written is no part of it.
    const since = revisions;
    if (!shelf || !moved.length) return;
    freeze(moved);
    const done = guard(() => {
      if (since !== revisions) return; // It may have been forgotten there meanwhile.
      shelved = true;
      for (const entry of moved) entry.safe = true;
      remove(moved.filter(isIdle));
    });
    shelf.put(moved, done);
  }

  /** Brings back what is free, of this page or of another. */
  function recall(): void {
    const shelf = store();
    if (!shelf || !shelved) return;
    const since = revisions;
    const permit = guard(options.permit);
    shelved = false;
    const done = guard((found: readonly Stored[]) => {
      if (!found.length || stopped || since !== revisions) return;
      shelved = true;
      for (const { id, body, rows } of found)
        entries.push({
          id,
          body: permit(body) || '',
          rows,
          frozen: true,
          safe: true,
        });
      discard(entries.filter((entry) => !entry.body));
      pump();
    });
    shelf.take(done);
  }

  function relabel(): void {
    if (!rebase) return;
    const move = rebase();
    rebase = undefined;
    for (const entry of entries) {
      if (entry.frozen || !entry.parcel) continue;
      entry.parcel = move(entry.parcel);
      entry.body = entry.parcel.body;
    }
  }

  function revise(change: Change, clear: boolean): void {
    const shelf = store();
    const revised = guard(change);
    if (inFlight.length) {
      cancelSend(); // As it was it may not leave, and its failure is ours.
      cancelWait?.();
      cancelWait = undefined;
      failures = 0;
    }
    revisions += 1;
    // What is held here as well is no loss of the store's.
    if (shelf && clear) shelf.drop(entries.filter((entry) => entry.frozen));
    freeze(entries);
    entries = entries.filter((entry) => {
      if (clear) entry.safe = false;
      entry.body = revised(entry.body) || '';
      return entry.body;
    });
    if (!shelf) return;
    shelf.revise(clear ? () => undefined : change);
    if (clear || stopped) shelf.close(); // It may not be asked for again.
  }

  /** Halved while nobody takes it, the newer half first: it has the exit and the totals. */
  function leave(batch: readonly Entry<P>[]): void {
    const { length } = batch;
    if (!length) return;
    const half = length >> 1;
    if (transport.leave(url(true), toPayload(batch), !half)) {
      freeze(batch);
      for (const entry of batch) entry.left = true;
    } else if (half) {
      leave(batch.slice(half));
      leave(batch.slice(0, half));
    }
  }

  function release(): void {
    if (cancelHold) cancelHold();
    cancelHold = undefined;
    pump();
  }

  function stop(): void {
    const shelf = store();
    if (shelf) shelf.close();
    stopped = true;
    cancelSend();
    if (cancelWait) cancelWait();
    if (cancelHold) cancelHold();
    entries = [];
    rebase = undefined;
  }

  return {
    put(parcel) {
      enqueue(parcel);
      if (cancelWait) shelve();
      else pump();
    },
    flush() {
      for (const entry of entries) entry.left = false;
      shelved = true;
      pump();
    },
    unload(last) {
      const shelf = store();
      last.forEach(enqueue);
      leave(entries.filter((entry) => !entry.left).slice(-LIMITS.beacons));
      shelve();
      if (shelf) shelf.close();
    },
    rebase(begin) {
      rebase = begin;
      if (!inFlight.length) relabel();
    },
    revise,
    hold(ms) {
      if (!cancelHold) cancelHold = timers.after(ms, release);
    },
    release,
    stop,
    lose,
    losses,
    size: () => entries.length,
  };
}

/** Bodies that travel together are a JSON array; one alone is itself. */
function toPayload(batch: readonly { readonly body: string }[]): string {
  const text = batch.map(({ body }) => body).join();
  return batch.length > 1 ? `[${text}]` : text;
}
