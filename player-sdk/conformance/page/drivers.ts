// The players of the kit, each with the settings that its documentation gives for a first page: none.
import type { Mounted, PlayerName } from './pageSdk.ts';

/** A player as a page's own buttons use it. */
export interface Driver extends Pick<Mounted, 'instance' | 'library' | 'element'> {
  /** Done once the player may be told to play; undefined: at once. */
  load(url: string): Promise<unknown> | undefined;
  play(): Promise<unknown> | undefined;
  pause(): void;
  seek(seconds: number): void;
  destroy(): void;
}

/** What is used of video.js. */
type VideojsFactory = (element: HTMLVideoElement, options: object) => VideojsPlayer;

interface VideojsPlayer {
  ready(done: () => void): void;
  el(): Element;
  src(source: { src: string; type: string }): void;
  play(): Promise<void> | undefined;
  pause(): void;
  currentTime(seconds: number): void;
  dispose(): void;
}

/** What is used of Shaka Player. */
interface ShakaLibrary {
  readonly polyfill: { installAll(): void };
  readonly Player: new () => {
    attach(element: HTMLVideoElement): Promise<unknown>;
    load(url: string): Promise<unknown>;
    destroy(): Promise<unknown>;
  };
}

/** The manifest that a player is given: the others are played from HLS. */
export function toManifest(player: PlayerName): 'mpd' | 'm3u8' {
  return player === 'dashjs' || player === 'shaka' ? 'mpd' : 'm3u8';
}

/** Mounts a player on an element that stands in the page. */
export function createDriver(player: PlayerName, element: HTMLVideoElement): Promise<Driver> {
  switch (player) {
    case 'hlsjs':
      return createHlsjs(element);
    case 'videojs':
      return createVideojs(element);
    case 'dashjs':
      return createDashjs(element);
    case 'shaka':
      return createShaka(element);
    case 'html5':
      return Promise.resolve(createHtml5(element));
  }
}

async function createHlsjs(element: HTMLVideoElement): Promise<Driver> {
  const { default: Hls } = await import('hls.js');
  const hls = new Hls();
  hls.attachMedia(element);
  return {
    ...toButtons(element),
    instance: hls,
    library: Hls,
    load: (url) => void hls.loadSource(url),
    destroy: () => hls.destroy(),
  };
}

async function createVideojs(element: HTMLVideoElement): Promise<Driver> {
  // Its types take the module itself for the function.
  const videojs = (await import('video.js')).default as unknown as VideojsFactory;
  element.className = 'video-js';
  const player = videojs(element, { controls: true });
  await new Promise<void>((resolve) => player.ready(resolve));
  return {
    // video.js moves the element into a wrapper, and may give it another.
    get element() {
      return player.el().querySelector('video') ?? element;
    },
    instance: player,
    library: videojs,
    load: (url) => void player.src({ src: url, type: 'application/x-mpegURL' }),
    play: () => player.play(),
    pause: () => player.pause(),
    seek: (seconds) => player.currentTime(seconds),
    destroy: () => player.dispose(),
  };
}

async function createDashjs(element: HTMLVideoElement): Promise<Driver> {
  const dashjs = await import('dashjs');
  const player = dashjs.MediaPlayer().create();
  player.initialize(element, undefined, element.autoplay);
  return {
    ...toButtons(element),
    instance: player,
    library: dashjs,
    load: (url) => void player.attachSource(url),
    destroy: () => player.destroy(),
  };
}

async function createShaka(element: HTMLVideoElement): Promise<Driver> {
  // Its types declare a global, its module exports it.
  const shaka = (await import('shaka-player')).default as unknown as ShakaLibrary;
  shaka.polyfill.installAll();
  const player = new shaka.Player();
  await player.attach(element);
  return {
    ...toButtons(element),
    instance: player,
    library: shaka,
    load(url) {
      // A refusal is told by the player's error event as well, which is what an SDK may hear.
      return player.load(url).catch((error: unknown) => console.info('shaka', String(error)));
    },
    destroy: () => void player.destroy(),
  };
}

function createHtml5(element: HTMLVideoElement): Driver {
  return {
    ...toButtons(element),
    instance: element,
    library: undefined,
    load(url) {
      element.src = url;
      return undefined;
    },
    destroy() {
      element.removeAttribute('src');
      element.load();
    },
  };
}

function toButtons(element: HTMLVideoElement): Pick<Driver, 'element' | 'play' | 'pause' | 'seek'> {
  return {
    element,
    play: () => element.play(),
    pause: () => element.pause(),
    seek(seconds) {
      element.currentTime = seconds;
    },
  };
}
