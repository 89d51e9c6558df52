// The page's side of an SDK under test: the module that its `pageScript` names exports `pageSdk`.

export type PlayerName = 'hlsjs' | 'videojs' | 'dashjs' | 'shaka' | 'html5';

/** What an integrator has at hand when he adds an SDK to his page. */
export interface Mounted {
  readonly player: PlayerName;
  readonly element: HTMLVideoElement;
  /** The player's own object: an Hls, a video.js player, …; for html5 the element. */
  readonly instance: unknown;
  /** What the player's package exports. */
  readonly library: unknown;
  readonly facts: ViewFacts;
}

export interface ViewFacts {
  /** Where beacons may go: http, another origin than the page's, answers everything. */
  readonly collector: string;
  /** Names the content; another one is another view. */
  readonly asset: string;
  readonly live: boolean;
}

export interface PageSdk {
  start(mounted: Mounted): RunningSdk;
}

/** One ad in a break of its own, as the page's ad player would tell of it. */
export interface RunningAds {
  breakStart(slot: 'pre' | 'mid'): void;
  /** Its picture plays. */
  start(): void;
  complete(): void;
  breakEnd(): void;
  /** Ads that are part of the stream; ms of the player's own time line. */
  inserted(ranges: readonly { readonly fromMs: number; readonly toMs: number }[]): void;
}

export interface RunningSdk {
  /** Where the SDK has ways to be told of ads. */
  readonly ads?: RunningAds;
  /** Playback was asked for before the player has a source. */
  requested?(): void;
  /** The player was given its first source. */
  loaded?(): void;
  /** Another content follows in the same player. */
  next?(facts: ViewFacts): void;
  /** The viewer leaves. */
  stop(): void;
}
