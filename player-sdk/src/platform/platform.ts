// Gathers what the SDK needs of the browser. Clock, chance, storage, network and the
// page's life are asked for in this folder alone; a test may hand in others.
import type { Timers } from '../contract/transport.ts';
import { type Clock, createClock } from './clock.ts';
import { askModel, isTrackingRefused, readBrowser } from './device.ts';
import { type PageState, watchPage } from './pageLife.ts';
import { type BrowserTransport, createTransport } from './transport.ts';
import { toViewId } from './viewId.ts';

export interface Platform {
  readonly clock: Clock;
  /** Epoch ms of the device. */
  readonly wall: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly viewId: () => string;
  readonly timers: Timers;
  readonly transport: BrowserTransport;
  readonly watchPage: (onState: (state: PageState) => void) => () => void;
  readonly isHidden: () => boolean;
  readonly readBrowser: () => ReturnType<typeof readBrowser>;
  readonly askModel: (onModel: (model: string) => void) => void;
  readonly isTrackingRefused: () => boolean;
}

export function createPlatform(scope: Window & typeof globalThis = window): Platform {
  const wall = (): number => Date.now();
  const now = (): number => scope.performance.now();
  return {
    clock: createClock({ now, wall }),
    wall,
    random: Math.random,
    viewId: () => toViewId(wall(), (bytes) => scope.crypto.getRandomValues(bytes)),
    timers: {
      after(ms, callback) {
        const timer = scope.setTimeout(callback, ms);
        return () => scope.clearTimeout(timer);
      },
    },
    transport: createTransport(scope, now),
    watchPage: (onState) => watchPage(scope, onState),
    isHidden: () => scope.document.visibilityState === 'hidden',
    readBrowser: () => readBrowser(scope),
    askModel: (onModel) => askModel(scope, onModel),
    isTrackingRefused: () => isTrackingRefused(scope),
  };
}
