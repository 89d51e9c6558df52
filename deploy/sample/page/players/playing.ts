// What the page asks of any of its players: a value for the SDK, and three verbs.
import type { Adapter } from '@retour/player-sdk';

export interface Playing {
  readonly adapter: Adapter;
  /** Loads; plays unless the element does so by itself. Once, after the SDK has the adapter. */
  start(url: string): Promise<unknown>;
  /** Plays another source in the same player. */
  change(url: string): Promise<unknown>;
  /** Ends the player. The element is thrown away after it. */
  stop(): void;
}

/** play(), where the element was not told to begin by itself. */
export function begin(video: HTMLVideoElement): Promise<unknown> {
  return video.autoplay ? Promise.resolve() : video.play();
}
