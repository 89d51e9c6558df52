// The kit's page: one or two players, each with the SDK under test, and buttons that note when they were
// pressed. It measures nothing itself.
import { createDriver, type Driver } from './drivers.ts';
import type { PageSdk, PlayerName, RunningSdk, ViewFacts } from './pageSdk.ts';

/** What a viewer, or the page for him, did; epoch ms of the page's clock. */
export interface Act {
  readonly at: number;
  readonly what: 'load' | 'play' | 'pause' | 'seek' | 'rate' | 'next' | 'leave' | 'destroy';
  /** Seconds of a seek, or a rate. */
  readonly value: number;
  /** Of which player of the page, from 0. */
  readonly of: number;
}

export interface MountOptions {
  readonly player: PlayerName;
  readonly facts: ViewFacts;
  /** Attributes of the element: autoplay, muted, loop, preload. */
  readonly attributes: Readonly<Record<string, string>>;
}

interface Stand {
  readonly driver: Driver;
  readonly sdk: RunningSdk;
}

export interface Kit {
  readonly acts: readonly Act[];
  mount(options: MountOptions): Promise<void>;
  load(url: string, of?: number): void;
  /** Presses play; with a URL it is loaded in the same task, as a click on a poster does. */
  play(of?: number, url?: string): void;
  pause(of?: number): void;
  seek(seconds: number, of?: number): void;
  seekBy(seconds: number): void;
  rate(rate: number, of?: number): void;
  /** Done once the player may be told to play. */
  next(url: string, facts: ViewFacts, of?: number): Promise<void>;
  /** The viewer leaves: the SDK is stopped, the player goes. */
  leave(of?: number): void;
  destroyPlayer(of?: number): void;
}

declare global {
  interface Window {
    kit: Kit;
  }
}

export function openKit(pageSdk: PageSdk): void {
  const stands: Stand[] = [];
  const acts: Act[] = [];
  const standOf = (of: number): Stand => {
    const stand = stands[of];
    if (stand === undefined) throw new Error(`The page has no player ${of}.`);
    return stand;
  };
  const note = (what: Act['what'], of: number, value = 0): Stand => {
    acts.push({ at: performance.timeOrigin + performance.now(), what, value, of });
    return standOf(of);
  };
  window.kit = {
    acts,
    async mount({ player, facts, attributes }) {
      const driver = await createDriver(player, createElement(attributes));
      const { element, instance, library } = driver;
      const sdk = pageSdk.start({ player, element, instance, library, facts });
      stands.push({ driver, sdk });
    },
    load(url, of = 0) {
      const { driver, sdk } = note('load', of);
      driver.load(url);
      sdk.loaded?.();
    },
    play(of = 0, url = '') {
      const { driver, sdk } = note('play', of);
      if (url !== '') {
        sdk.requested?.();
        driver.load(url);
        sdk.loaded?.();
      }
      // A refusal or an interruption shows in what is played, or is not.
      driver.play()?.catch((error: unknown) => console.info('play', String(error)));
    },
    pause: (of = 0) => note('pause', of).driver.pause(),
    seek: (seconds, of = 0) => note('seek', of, seconds).driver.seek(seconds),
    seekBy(seconds) {
      const to = standOf(0).driver.element.currentTime + seconds;
      note('seek', 0, to).driver.seek(to);
    },
    rate(rate, of = 0) {
      note('rate', of, rate).driver.element.playbackRate = rate;
    },
    async next(url, facts, of = 0) {
      const { driver, sdk } = note('next', of);
      sdk.next?.(facts);
      await driver.load(url);
    },
    leave: (of = 0) => note('leave', of).sdk.stop(),
    destroyPlayer: (of = 0) => note('destroy', of).driver.destroy(),
  };
}

function createElement(attributes: Readonly<Record<string, string>>): HTMLVideoElement {
  const element = document.createElement('video');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.muted = 'muted' in attributes;
  element.width = 480;
  element.height = 270;
  document.body.append(element);
  return element;
}
