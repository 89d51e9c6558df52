// The kit's page: one or two players, each with the SDK under test, and buttons that note when they were
// pressed. It measures nothing itself.
import { createDriver, type Driver } from './drivers.ts';
import { hearBeeps } from './hearBeeps.ts';
import type { PageSdk, PlayerName, RunningSdk, ViewFacts } from './pageSdk.ts';
import { type PlayingAd, playAd } from './playAd.ts';
import { setClock } from './setClock.ts';
import { type CalledOff, watchCalledOff } from './watchCalledOff.ts';

/** What a viewer, or the page for him, did; epoch ms of the page's clock. */
export interface Act {
  readonly at: number;
  readonly what: Deed | Turn;
  /** Seconds of a seek, or a rate. */
  readonly value: number;
  /** Of which player of the page, from 0; those of the whole page have PAGE. */
  readonly of: number;
}

type Deed = 'load' | 'play' | 'pause' | 'seek' | 'rate' | 'next' | 'leave' | 'destroy';
/** An ad break begins or ends; and what the browser tells any page of its own life. */
type Turn = 'adBreak' | 'adEnd' | 'hide' | 'show' | 'freeze' | 'thaw';

export const PAGE = -1;

export interface MountOptions {
  readonly player: PlayerName;
  readonly facts: ViewFacts;
  /** Attributes of the element: autoplay, muted, loop, preload. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Its beeps are heard. */
  readonly heard: boolean;
}

interface Stand {
  readonly driver: Driver;
  readonly sdk: RunningSdk;
}

export interface Kit {
  readonly acts: readonly Act[];
  readonly calledOff: readonly CalledOff[];
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
  /** The page stops the content, and plays an ad of its own; before any content by the viewer's click. */
  startAd(url: string, slot: 'pre' | 'mid'): void;
  /** The ad is over, the content follows: given where it is not loaded yet. */
  endAd(url?: string): void;
  /** Ads in the stream, ms of the player's own time line. */
  insertAd(fromMs: number, toMs: number): void;
  /** The viewer leaves: the SDK is stopped, the player goes. */
  leave(of?: number): void;
  /** The viewer is about to close the tab: nobody tells the SDK. */
  closing(): void;
  destroyPlayer(of?: number): void;
  /** The device's clock is set to so much beside the true time, ms; nobody tells the page. */
  setClock(aheadMs: number): void;
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
  let ad: PlayingAd | undefined;
  const push = (what: Act['what'], of: number, value = 0) =>
    acts.push({ at: performance.timeOrigin + performance.now(), what, value, of });
  const note = (what: Act['what'], of: number, value = 0): Stand => {
    push(what, of, value);
    return standOf(of);
  };
  const load = ({ driver, sdk }: Stand, url: string) => {
    driver.load(url);
    sdk.loaded?.();
  };
  // A refusal or an interruption shows in what is played, or is not.
  const play = ({ driver }: Stand) =>
    driver.play()?.catch((error: unknown) => console.info('play', String(error)));
  watchLife((what) => push(what, PAGE));
  window.kit = {
    acts,
    calledOff: watchCalledOff(),
    async mount({ player, facts, attributes, heard }) {
      const driver = await createDriver(player, createElement(attributes));
      const { element, instance, library } = driver;
      const sdk = pageSdk.start({ player, element, instance, library, facts });
      stands.push({ driver, sdk });
      if (heard) hearBeeps(element);
    },
    load: (url, of = 0) => load(note('load', of), url),
    play(of = 0, url = '') {
      const stand = note('play', of);
      if (url !== '') {
        stand.sdk.requested?.();
        load(stand, url);
      }
      play(stand);
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
    startAd(url, slot) {
      if (slot === 'pre') note('play', 0).sdk.requested?.();
      const { driver, sdk } = note('adBreak', 0);
      sdk.ads?.breakStart(slot);
      if (slot === 'mid') driver.pause();
      ad = playAd(url, () => sdk.ads?.start());
    },
    endAd(url = '') {
      const stand = note('adEnd', 0);
      ad?.remove();
      stand.sdk.ads?.complete();
      stand.sdk.ads?.breakEnd();
      if (url !== '') load(stand, url);
      play(stand);
    },
    insertAd: (fromMs, toMs) => standOf(0).sdk.ads?.inserted([{ fromMs, toMs }]),
    leave: (of = 0) => note('leave', of).sdk.stop(),
    closing: () => push('leave', 0),
    destroyPlayer: (of = 0) => note('destroy', of).driver.destroy(),
    setClock,
  };
}

function watchLife(tell: (what: Turn) => void): void {
  document.addEventListener('visibilitychange', () => tell(document.hidden ? 'hide' : 'show'));
  document.addEventListener('freeze', () => tell('freeze'));
  document.addEventListener('resume', () => tell('thaw'));
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
