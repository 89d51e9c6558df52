// What the outbox holds: the bodies, their bounds, and the count of what was given up.
import type { LossReason } from '../contract/beacon.ts';
import { LIMITS } from '../contract/limits.ts';
import type { Store, Stored } from '../contract/store.ts';
import type { Answer, Timers, Transport } from '../contract/transport.ts';
import { type Parcel, sizeBytes } from './parcel.ts';

/** Bounds. A full queue drops the oldest ordinary body, then the oldest, as `queueFull`. */
export const OUTBOX_LIMITS = { parcels: 200, bytes: 1_048_576 } as const;

export interface OutboxOptions<P extends Parcel> {
  readonly transport: Transport;
  readonly timers: Timers;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Epoch ms of the device. */
  readonly wall: () => number;
  /** The address for a send that happens now: the send time stands in it. */
  readonly url: (unread: boolean) => string;
  /** Every readable answer, after its bodies were settled and before anything is sent again. */
  readonly onAnswer: (answer: Answer) => void;
  /** Its labels are final: it was taken, may have been, or is stored. */
  readonly onFrozen: (parcel: P) => void;
  /** Where bodies outlive the page, as far as that is allowed now. */
  readonly store: () => Store | undefined;
}

export type Losses = { [R in LossReason]?: number };

/** A body held. Its text may be changed (`revise`) without its rows. */
export interface Entry<P> extends Stored {
  body: string;
  /** Absent for what an earlier page stored: nothing of it can be relabelled. */
  parcel: P | undefined;
  urgent: boolean | undefined;
  frozen: boolean;
  /** It lies in the store too. */
  stored: boolean;
  /** Handed over at unload; not handed twice before the page is back. */
  left: boolean;
}

export interface Box<P extends Parcel> {
  readonly options: OutboxOptions<P>;
  readonly losses: Losses;
  readonly rebases: (() => (parcel: P) => P)[];
  /** In the order of their arrival; those in flight stay here until they are settled. */
  entries: Entry<P>[];
  inFlight: readonly Entry<P>[];
  /** Bodies in one request: halved at a 413, restored by the next success. */
  most: number;
  /** Answers in a row that ask for another try. */
  failures: number;
  cancelWait: (() => void) | undefined;
  cancelHold: (() => void) | undefined;
  /** The store may have something to send. */
  shelved: boolean;
  stopped: boolean;
}

export function createBox<P extends Parcel>(options: OutboxOptions<P>): Box<P> {
  return {
    options,
    losses: {},
    rebases: [],
    entries: [],
    inFlight: [],
    most: LIMITS.beacons,
    failures: 0,
    cancelWait: undefined,
    cancelHold: undefined,
    shelved: true,
    stopped: false,
  };
}

export function enqueue<P extends Parcel>(box: Box<P>, parcel: P): void {
  if (box.stopped) {
    lose(box, 'stopped', [parcel]);
    return;
  }
  const { wall, random } = box.options;
  const { body, rows, urgent } = parcel;
  const id = [wall(), random()] as const;
  box.entries.push({ id, body, rows, parcel, urgent, frozen: false, stored: false, left: false });
  for (;;) {
    const { entries } = box;
    const bytes = entries.reduce((sum, entry) => sum + sizeBytes(entry.body), 0);
    if (entries.length <= OUTBOX_LIMITS.parcels && bytes <= OUTBOX_LIMITS.bytes) return;
    const idle = entries.filter((entry) => isIdle(box, entry));
    const victim = idle.find((entry) => !entry.urgent) ?? idle[0];
    if (!victim) return;
    remove(box, [victim]);
    lose(box, 'queueFull', [victim]);
  }
}

export function isIdle<P extends Parcel>({ inFlight }: Box<P>, entry: Entry<P>): boolean {
  return inFlight.indexOf(entry) < 0;
}

export function remove<P extends Parcel>(box: Box<P>, gone: readonly Entry<P>[]): void {
  box.entries = box.entries.filter((entry) => gone.indexOf(entry) < 0);
}

/** Their labels never change again. */
export function freeze<P extends Parcel>(box: Box<P>, entries: readonly Entry<P>[]): void {
  for (const entry of entries) {
    if (!entry.frozen && entry.parcel) box.options.onFrozen(entry.parcel);
    entry.frozen = true;
  }
}

export function lose<P extends Parcel>(
  { losses }: Box<P>,
  reason: LossReason,
  gone: readonly { readonly rows: number }[],
): void {
  for (const { rows } of gone) losses[reason] = (losses[reason] || 0) + rows;
}
