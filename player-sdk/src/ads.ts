// `@retour/player-sdk/ads`: ad breaks and the ads in them, told by the page, by an ads manager shaped
// as Google IMA's, or by the ranges that a server has inserted. It only reports signals; never throws.
import { followIma, type ImaManager, type ImaTypes } from './adsIma.ts';
import { followInserted, type InsertedAd } from './adsInserted.ts';
import { createErrorBoundary } from './errorBoundary.ts';
import { foldAd } from './meter/ads.ts';
import { extendMeter } from './meter/folds.ts';
import type { Monitor } from './options.ts';

export type { ImaAd, ImaError, ImaEvent, ImaManager, ImaTypes } from './adsIma.ts';
export type { InsertedAd } from './adsInserted.ts';

export interface AdBreak {
  /** Before, in or after the content. */
  readonly slot?: 'pre' | 'mid' | 'post' | 'unknown';
  readonly id?: string;
  /** How many ads are due in it. */
  readonly expected?: number;
}

export interface Ad {
  readonly id?: string;
  readonly creative?: string;
}

export interface Ads {
  breakStart(facts?: AdBreak): void;
  /** An ad was asked for: from here to `start` is its startup. */
  request(ad?: Ad): void;
  start(ad?: Ad): void;
  quartile(reached: 1 | 2 | 3): void;
  /** The viewer pauses the ad, and goes on: what lies between is no time of ads. */
  pause(): void;
  resume(): void;
  complete(): void;
  skip(): void;
  /** The ad failed, by its VAST error code or another stable one. */
  error(code: string): void;
  breakEnd(): void;
  /**
   * Follows Google IMA's AdsManager, or anything of its shape. Give `google.ima.AdEvent.Type` where
   * its names might change. The answer stops it; it also stops by itself when all ads are done.
   */
  ima(manager: ImaManager, types?: ImaTypes): () => void;
  /** Follows ads that are part of the stream. The answer stops it; so does the monitor's end. */
  inserted(ranges: readonly InsertedAd[], video: HTMLMediaElement): () => void;
}

/** Untyped pages may give nothing to follow. */
const NOTHING = () => undefined;

/** Reports ads on a monitored player: `ads(monitor).ima(adsManager)`. */
export function ads(monitor: Monitor): Ads {
  extendMeter({ ad: foldAd });
  const { guard, run } = createErrorBoundary({
    // Thrown once more inside of the monitor, it is counted there, and told in debug mode.
    debug: (failed) =>
      monitor.signal('ad', {
        get phase(): never {
          throw (failed as { error: unknown }).error; // Nothing else is told.
        },
      }),
  });
  const told: Ads = {
    breakStart: guard((facts) =>
      monitor.signal('ad', { slot: 'unknown', ...facts, phase: 'breakStart' }),
    ),
    request: guard((ad) => monitor.signal('ad', { ...ad, phase: 'request' })),
    start: guard((ad) => monitor.signal('ad', { ...ad, phase: 'start' })),
    quartile: guard((quartile) => monitor.signal('ad', { phase: 'quartile', quartile })),
    pause: guard(() => monitor.signal('pause', { by: 'user' })),
    resume: guard(() => monitor.signal('play', { by: 'user' })),
    complete: guard(() => monitor.signal('ad', { phase: 'complete' })),
    skip: guard(() => monitor.signal('ad', { phase: 'skip' })),
    error: guard((code) => monitor.signal('ad', { phase: 'error', code })),
    breakEnd: guard(() => monitor.signal('ad', { phase: 'breakEnd' })),
    ima: (manager, types) => run(() => followIma(told, manager, types), NOTHING),
    inserted: (ranges, video) =>
      run(
        () =>
          followInserted(told, {
            ranges,
            video,
            isOver: () => !monitor.context,
            onSeek: (from, to) => monitor.signal('seek', { by: 'user', from, to }),
          }),
        NOTHING,
      ),
  };
  return told;
}
