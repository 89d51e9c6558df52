// The border between a player and the monitor: what an adapter is given and what it gives. An
// adapter only emits signals; it never reads a row, sends a byte or touches the page.
import type { Player } from '../contract/context.ts';
import type { ReportedType, SignalFacts } from '../contract/signal.ts';

/** What an adapter reports through. None of these calls throws. */
export interface Port {
  /** Monotonic ms: the clock that signals are stamped with. */
  now(): number;
  emit<T extends ReportedType>(type: T, facts: SignalFacts[T]): void;
  /** The key system in use, as the browser names it, or '': from here on the view's context says it, unless the page does. */
  drm(system: string): void;
  /** What is loaded now is an ad's: no other content. */
  inAdBreak(): boolean;
  /** This element is watched from now on, until the answer is called: whoever watched it for the same property has ended. */
  claim(media: HTMLMediaElement): () => void;
  /** Something in the adapter threw: counted as an `internal` loss, never shown to the host. */
  failed(error: unknown): void;
  /** Set by the adapter: looks at the playhead at once. Called before the page ends a view. */
  look?(): void;
}

/** A player, ready to be monitored: `html5(video)`, `hlsjs(hls)` … */
export interface Adapter {
  /** Read by the monitor only: what is no player fails there, and never in the page. */
  readonly player: Player;
  /** Starts reporting; the answer stops it and leaves nothing behind. Never throws. */
  attach(port: Port): () => void;
}
