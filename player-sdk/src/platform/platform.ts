// Gathers what the SDK needs of the browser. This folder alone touches globals; everything else is
// handed what it needs, so that a test may hand in another.
import type { Connection, Device, Page, PrivacyMode } from '../contract/context.ts';
import type { Timers } from '../contract/transport.ts';
import { type Clock, createClock } from './clock.ts';
import { askModel, isTrackingRefused, readConnection, readDevice, readPage } from './device.ts';
import { type PageState, watchPage } from './pageLife.ts';
import { type BrowserTransport, createTransport } from './transport.ts';
import { type RandomBytes, toViewId } from './viewId.ts';

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
  readonly readPage: (privacy: PrivacyMode) => Page;
  readonly readDevice: (privacy: PrivacyMode) => Device;
  readonly askModel: (privacy: PrivacyMode, onModel: (model: string) => void) => void;
  readonly readConnection: () => Connection | undefined;
  readonly isTrackingRefused: () => boolean;
}

export function createPlatform(scope: Window & typeof globalThis = window): Platform {
  const wall = (): number => Date.now();
  const now = (): number => scope.performance.now();
  return {
    clock: createClock({ now, wall }),
    wall,
    random: () => Math.random(),
    viewId: () => toViewId(wall(), (bytes) => fillRandom(scope, bytes)),
    timers: {
      after(ms, callback) {
        const timer = scope.setTimeout(callback, ms);
        return () => scope.clearTimeout(timer);
      },
    },
    transport: createTransport(scope, now),
    watchPage: (onState) => watchPage(scope, onState),
    isHidden: () => scope.document.visibilityState === 'hidden',
    readPage: (privacy) => readPage(scope, privacy),
    readDevice: (privacy) => readDevice(scope, privacy),
    askModel: (privacy, onModel) => askModel(scope, privacy, onModel),
    readConnection: () => readConnection(scope),
    isTrackingRefused: () => isTrackingRefused(scope),
  };
}

/** Old sets without crypto get what Math.random gives: the view is one of many, not a secret. */
function fillRandom(scope: Window & typeof globalThis, bytes: RandomBytes): RandomBytes {
  if (typeof scope.crypto?.getRandomValues === 'function')
    return scope.crypto.getRandomValues(bytes);
  return bytes.map(() => Math.random() * 256);
}
