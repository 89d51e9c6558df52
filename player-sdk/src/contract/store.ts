// Where bodies survive the page, as the outbox asks for it and the platform gives it. Types only:
// without a store the outbox keeps all in memory.
import type { LossReason } from './beacon.ts';

/** A body on the shelf: text that is sent as it is, under a new send time. */
export interface Stored {
  /** When it was made by the device's clock, and a number that tells it from others of that moment. */
  readonly id: readonly [at: number, salt: number];
  readonly body: string;
  readonly rows: number;
}

/** Each call back comes once, later, and never where the store fails: memory then keeps all. */
export interface Store {
  /** Writes, free for every tab; calls back when it is safe. */
  put(stored: readonly Stored[], done: () => void): void;
  /** Leases what fits one request, the newest first; gives up what is too old or too much. */
  take(done: (found: readonly Stored[]) => void): void;
  drop(stored: readonly Stored[]): void;
  /** Changes every body that lies here; those that come out undefined go, and count as `stopped`. */
  revise(change: Change): void;
  /** Forgets all that lies here, and creates nothing where nothing was. */
  erase(): void;
  /** Lets go of the browser's database until it is used again: the page may be put aside. */
  close(): void;
}

export type Change = (body: string) => string | undefined;

/** Opens what belongs to one address; `lose` hears of the rows that are given up. */
export type OpenStore = (
  address: string,
  lose: (reason: LossReason, rows: number) => void,
) => Store;
