// The stage of one cell: a fresh page with the players, the origin and the script's hands. What a script
// does goes through here, so that it can only do what a viewer, his page or his network does.
import { setTimeout as sleep } from 'node:timers/promises';
import { type KitPage, Skip, waitFor } from './browser/kitBrowser.ts';
import type { Origin, Rule, Served } from './origin/origin.ts';
import { AWAY } from './page/bundlePage.ts';
import type { Act, MountOptions } from './page/kit.ts';
import type { PlayerName, ViewFacts } from './page/pageSdk.ts';
import type { CalledOff } from './page/watchCalledOff.ts';
import type { Span } from './truth/spans.ts';
import type { Picture, Seen } from './truth/watchBarcode.ts';

export type Stream = 'single' | 'ladder' | 'live' | 'event' | 'shift' | 'gap' | 'mp4';

export interface StageOptions {
  readonly page: KitPage;
  readonly origin: Origin;
  readonly player: PlayerName;
  /** Where the SDK under test is to send. */
  readonly collector: string;
  readonly frameRate: number;
}

export interface StageMount {
  /** What it will play first: `single` unless given. */
  readonly stream?: Stream;
  /** Of the element. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly asset?: string;
  /** The kit listens to its sound, which then takes another way: the browser may treat it otherwise. */
  readonly heard?: boolean;
  /** False: the page does it by itself, and nobody has touched it; so the browser may refuse sound. */
  readonly gesture?: boolean;
}

export interface Stage extends Pick<StageOptions, 'page' | 'player' | 'origin'> {
  /** The views that the script makes, in order: which content on which player. */
  readonly expected: readonly { readonly asset: string; readonly of: number }[];
  /** Epoch ms at which the live channel of this cell began. */
  readonly channelStartedAt: number;
  url(stream: Stream): string;
  /** Builds a player and the SDK on it; nothing is loaded. */
  mount(options?: StageMount): Promise<void>;
  load(stream: Stream, options?: { readonly gesture?: boolean }): Promise<void>;
  /** Presses play; with a stream, it is loaded by that click. */
  play(stream?: Stream, of?: number): Promise<void>;
  pause(of?: number): Promise<void>;
  seek(seconds: number, of?: number): Promise<void>;
  /** From where the playhead is, s. */
  seekBy(seconds: number): Promise<void>;
  rate(rate: number): Promise<void>;
  next(stream: Stream, asset: string): Promise<void>;
  leave(of?: number): Promise<void>;
  /** Closes the tab of the first player, as it plays. */
  closeTab(): Promise<void>;
  /** Nobody has told the SDK of an end then: a browser may say no more than that the page is hidden. */
  isTabClosed(): boolean;
  /** What could be seen in the page until it was closed: now, where it is open. */
  readPage(): Promise<PageSeen>;
  /** Frees the page. */
  end(): Promise<void>;
  destroyPlayer(): Promise<void>;
  /** The device's clock is set to so much beside the true time, ms; nobody tells the page. */
  setClock(aheadMs: number): Promise<void>;
  /** Another tab comes before this one, or goes. */
  hide(): Promise<void>;
  show(): Promise<void>;
  /** The browser lets a hidden page sleep for so long. */
  freeze(ms: number): Promise<void>;
  /** Another page for so long, then back to this one. @throws Skip where the browser has not kept it. */
  goAway(ms: number): Promise<void>;
  /** Whether the kit looks at the picture: the browser takes a video that is looked at for a seen one. */
  look(looks: boolean): Promise<void>;
  /** The page stops the content and plays an ad in an element of its own, the second of the page. */
  startAd(slot: 'pre' | 'mid'): Promise<void>;
  /** The content follows: the stream where it is not loaded yet. */
  endAd(stream?: Stream): Promise<void>;
  /** Tells the SDK of an ad in the stream. */
  insertAd(fromS: number, toS: number): Promise<void>;
  /** Lets the script's own time pass. */
  wait(ms: number): Promise<void>;
  /** Until the picture shows this moment of the content, or one after it. */
  untilShown(seconds: number, of?: number): Promise<void>;
  /** Until the picture has not changed for so long. */
  untilStill(ms: number, of?: number): Promise<void>;
  /** Until the picture has changed again for so long. */
  untilMoved(ms: number): Promise<void>;
  /** Requests for media so far. */
  asked(): readonly Served[];
  /** The first picture so far. */
  seen(): Promise<readonly Seen[]>;
  /** What the origin does wrong from here on. */
  spoil(rule: Rule): void;
  release(): void;
}

export interface PageSeen {
  readonly acts: readonly Act[];
  readonly calledOff: readonly CalledOff[];
  readonly pictures: readonly Picture[];
  readonly blinks: readonly Span[];
}

/** The content of a cell's first view, unless the script says otherwise. */
export const FIRST_ASSET = 'first';
/** A plain MP4; not below /media/, where the content is. */
export const AD_URL = '/ad/plain.mp4';
/** Longer than any player waits before it gives up in a cell, ms. */
const PATIENCE_MS = 30_000;
/** Broadcast before a live cell begins, s: enough for every player's usual distance from the edge. */
const LIVE_BEFORE_S = 16;

export function createStage(options: StageOptions): Stage {
  const { page, origin, player, collector, frameRate } = options;
  const channelStartedAt = Date.now() - LIVE_BEFORE_S * 1000;
  const kind = player === 'dashjs' || player === 'shaka' ? 'mpd' : 'm3u8';
  const url = (stream: Stream) => toUrl(stream, kind, channelStartedAt);
  const factsOf = (asset: string, stream: Stream): ViewFacts => ({
    collector,
    asset,
    live: stream === 'live' || stream === 'event',
  });
  const toCall = (name: string, args: readonly unknown[]) =>
    `window.kit.${name}(${args.map((arg) => JSON.stringify(arg)).join()})`;
  const call = (name: string, ...args: readonly unknown[]) =>
    page.evaluate<void>(toCall(name, args));
  const callUntouched = (name: string, ...args: readonly unknown[]) =>
    page.evaluateUntouched(toCall(name, args));
  const until = (condition: string) => waitFor(page, condition, PATIENCE_MS);
  const now = 'performance.timeOrigin + performance.now()';
  const readNow = () =>
    page.evaluate<PageSeen>('({ acts: kit.acts, calledOff: kit.calledOff, pictures, blinks })');
  let lastSeen: PageSeen | undefined;
  let mounted = 0;
  const expected: { asset: string; of: number }[] = [];
  return {
    ...{ page, origin, player, channelStartedAt, url, expected },
    async mount({ stream = 'single', asset = FIRST_ASSET, ...options } = {}) {
      const { attributes = {}, heard = false, gesture = true } = options;
      if (heard && page.cannot?.hear !== undefined) throw new Skip(page.cannot.hear);
      const facts = factsOf(asset, stream);
      expected.push({ asset, of: mounted });
      mounted += 1;
      const mount: MountOptions = { player, attributes, facts, heard };
      await (gesture ? call('mount', mount) : callUntouched('mount', mount));
    },
    load: (stream, { gesture = true } = {}) =>
      gesture ? call('load', url(stream)) : callUntouched('load', url(stream)),
    play: (next, of = 0) => call('play', of, ...(next === undefined ? [] : [url(next)])),
    pause: (of = 0) => call('pause', of),
    seek: (seconds, of = 0) => call('seek', seconds, of),
    seekBy: (seconds) => call('seekBy', seconds),
    rate: (rate) => call('rate', rate),
    next(stream, asset) {
      expected.push({ asset, of: 0 });
      return call('next', url(stream), factsOf(asset, stream));
    },
    leave: (of = 0) => call('leave', of),
    async closeTab() {
      await call('closing');
      lastSeen = await readNow();
      await page.close();
    },
    isTabClosed: () => lastSeen !== undefined,
    readPage: () => (lastSeen === undefined ? readNow() : Promise.resolve(lastSeen)),
    end: () => (lastSeen === undefined ? page.close() : Promise.resolve()),
    destroyPlayer: () => call('destroyPlayer'),
    setClock: (aheadMs) => call('setClock', aheadMs),
    hide: () => page.hide(),
    show: () => page.show(),
    freeze: (ms) => page.freeze(ms),
    goAway: (ms) => page.goAway(new URL(AWAY, origin.url).href, ms),
    async look(looks) {
      if (!looks && page.cannot?.lookAway !== undefined) throw new Skip(page.cannot.lookAway);
      await page.evaluate(`void (window.blind = ${!looks})`);
    },
    startAd: (slot) => call('startAd', AD_URL, slot),
    endAd: (stream) => call('endAd', ...(stream === undefined ? [] : [url(stream)])),
    insertAd: (fromS, toS) => call('insertAd', fromS * 1000, toS * 1000),
    wait: (ms) => sleep(ms),
    untilShown: (seconds, of = 0) =>
      until(`(window.pictures[${of}]?.seen.at(-1)?.[1] ?? -1) >= ${seconds * frameRate}`),
    untilStill: (ms, of = 0) =>
      until(`${now} - (window.pictures[${of}]?.seen.at(-1)?.[0] ?? Infinity) > ${ms}`),
    async untilMoved(ms) {
      const before = await page.evaluate<number>('window.barcodes.length');
      await until(`window.barcodes.length > ${before + Math.ceil((ms / 1000) * frameRate)}`);
    },
    asked: () => origin.served.filter(({ path }) => path.startsWith('/media/')),
    seen: () => page.evaluate('window.barcodes'),
    spoil: (rule) => origin.obey(rule),
    release: () => origin.release(),
  };
}

function toUrl(stream: Stream, kind: 'mpd' | 'm3u8', channelStartedAt: number): string {
  switch (stream) {
    case 'single':
    case 'ladder':
      return `/media/${stream}.${kind}`;
    case 'live':
    case 'event':
      return `/media/${stream}/${channelStartedAt}/single.${kind}`;
    case 'shift':
      return `/media/shift/1000/single.${kind}`;
    case 'gap':
      return `/media/gap/2/single.${kind}`;
    case 'mp4':
      return '/media/plain.mp4';
  }
}
