// What a page tells the monitor, and what it may tell it later.
import type { Beacon } from './contract/beacon.ts';
import type { Asset, Context, Player, PrivacyMode } from './contract/context.ts';
import type { ErrorCategory } from './contract/event.ts';
import type { Refusal } from './contract/refusal.ts';
import type { ReportedType, SignalFacts } from './contract/signal.ts';
import type { OpenStore } from './contract/store.ts';

/** What names a view; all of it may be changed by `update()`, where undefined takes a fact away. */
export interface ViewFacts {
  /** What is watched. Its id is needed. */
  readonly asset: Asset;
  /** Sent in the `consented` mode only. */
  readonly viewer?: { readonly id: string } | undefined;
  /** Experiment → arm; up to 10. */
  readonly experiments?: Readonly<Record<string, string>> | undefined;
  /** The publisher's own dimensions; up to 20. */
  readonly custom?: Readonly<Record<string, string>> | undefined;
  /** The recommendation that led here. */
  readonly recommendation?: string | undefined;
  /** Signed by the publisher: this view was really offered. */
  readonly token?: string | undefined;
  /** The key system in use, such as `com.widevine.alpha`, where the player does not tell. */
  readonly drm?: string | undefined;
  /** Where the page knows its player better than the adapter does. */
  readonly player?: Partial<Player> | undefined;
}

export interface MonitorOptions extends ViewFacts {
  /** The property's write key. Public. */
  readonly key: string;
  /** The collector's address without the key: absolute, or a path of the page's own origin. */
  readonly endpoint: string;
  /** `none` unless given. The property's settings can only tighten it. */
  readonly privacy?: PrivacyMode;
  /** What `offline()` of `@retour/player-sdk/offline` gives; never used in the mode `none`. */
  readonly offline?: OpenStore;
  /** Share of the views that are measured: 0 … 1, as 1/n; 1 unless given. Settings can only lower it. */
  readonly sampling?: number;
  /**
   * The viewer's objection: nothing is measured. Unless given, it is what the browser says (Do Not
   * Track, Global Privacy Control) in the `exempt` mode, and false in the other two: a consent given
   * here outranks it, and in `none` nothing tells viewers apart.
   */
  readonly optedOut?: boolean;
  /**
   * What the page knows better of an error than the player and its adapter: a refused licence that is
   * no fault, a failure that the page recovers from. What it gives replaces; `message` is whole here,
   * and cleaned after it.
   */
  readonly mapError?: (error: SignalFacts['error']) => Partial<SignalFacts['error']> | undefined;
  /** True writes to the browser's console; a function gets it instead. */
  readonly debug?: boolean | ((message: DebugMessage) => void);
}

export type DebugMessage =
  | { readonly type: 'beacon'; readonly beacon: Beacon; readonly sizeBytes: number }
  /** The collector says why it does not take a beacon. */
  | { readonly type: 'refused'; readonly refusal: Refusal }
  /** No collector took it, for now. 0: no answer, or one that no collector gives. */
  | { readonly type: 'undelivered'; readonly status: number }
  | { readonly type: 'failed'; readonly error: unknown };

/** An error that the page knows and the player does not. */
export interface PageError {
  /** Short and the same each time: errors are counted by it. */
  readonly code: string;
  readonly message?: string;
  /** `business` where `business` is true, else `unknown`, unless given. */
  readonly category?: ErrorCategory;
  /** True unless given: the page itself gave up. */
  readonly fatal?: boolean;
  /** Entitlement, geo-block, concurrency limit: not a fault of the service. */
  readonly business?: boolean;
}

/** One monitored player. No method ever throws. */
export interface Monitor {
  /** The present view's id; a new view has a new one. '' where nothing is measured: on a server, of a viewer who objects. */
  readonly view: string;
  /** What is known of the present view, as the privacy mode allows, sent or not; undefined after the end, and where nothing is measured. */
  readonly context: Context | undefined;
  /** What is known better now. Another asset id is another view. */
  update(facts: Partial<ViewFacts>): void;
  /**
   * Reports one signal, as adapters do: what the entries `ads` and `interactions` stand on, and need to
   * have been used for theirs to count.
   */
  signal<T extends ReportedType>(type: T, facts: SignalFacts[T]): void;
  /** An error that the page met itself. A DOMException is told by its name. */
  error(facts: PageError | Error): void;
  /**
   * Playback was asked for before the player could know, such as a click that first loads a
   * player. Give play()'s promise where it is at hand, so that a refusal is no attempt.
   */
  request(playing?: Promise<unknown>): void;
  /**
   * The privacy mode from here on; the property's settings can still only tighten it. Where it gets
   * stricter, what identifies is taken out of all that still waits, in memory and stored.
   */
  consent(mode: PrivacyMode): void;
  /** The viewer objects: forgets all that waits, in memory and stored, and sends nothing more. */
  optOut(): void;
  /** Reports the end and lets go of everything. */
  destroy(): void;
}
