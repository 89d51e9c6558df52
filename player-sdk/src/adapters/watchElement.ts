// Watches one media element: its events become signals, and it is sampled as often as the meter
// needs. Whoever drives the element (the browser, hls.js …) is known only through the hooks.
import type { Actor } from '../contract/event.ts';
import type { Port } from './adapter.ts';
import { type Fault, toElementFault } from './errors.ts';
import { PRESENTATION_EVENTS, type Present, readCaptions } from './presentation.ts';
import { type Box, readBufferedEnd, readSample } from './readSample.ts';
import type { Scope } from './scope.ts';

/** Ms between two looks: normally, and near trouble (starting, waiting, seeking). */
const CALM_MS = 250;
const TROUBLE_MS = 100;
/** So long it is taken to have run on where nobody looked, ms. */
const UNSEEN_MS = 2_000;
/** A look at an event of no consequence is skipped when the last one is younger than this, ms. */
const FRESH_MS = 50;
/** So far a player steps, at most, to set a stuck decoder going; and lands that close to an aim, s. */
const STEP_S = 0.5;
/** A playhead that sets out may creep by so much, and stand until the sound device runs: no start, s. */
const CREEP_S = 0.05;

/** What only the player that drives the element can say. */
export interface Hooks {
  /** Something happened; called before its signal. Where a new source is noticed. */
  looked?(): void;
  /** Beyond what every player does: before the first progress, over holes, out of a standstill. */
  isPlayersSeek?(fromS: number, toS: number): boolean | undefined;
  /** How fast the viewer has it play, whatever the player does to its element meanwhile. */
  rate?(): number;
  /** It has no end yet, whatever duration the player gives its element. */
  isLive?(): boolean | undefined;
  /** Epoch ms of the packager's clock for the displayed frame; NaN where unknown. */
  programTime?(): number | undefined;
  /** Language of the captions that show, where the player draws them itself. */
  captions?(): string | undefined;
  /** The player tells the errors of its element as its own. */
  tellsErrors?: boolean;
}

export interface Watched {
  readonly port: Port;
  readonly scope: Scope;
  readonly hooks: Hooks;
  readonly present: Present;
  readonly waitingMs: () => number;
  readonly fail: (fault: Fault) => void;
}

const NOTHING = () => undefined;

/** Answers what to call at another source: nothing that was known of the playhead holds any more. */
export function watchElement(element: HTMLMediaElement, watched: Watched): () => void {
  const { port, scope } = watched;
  // What an audio element has not is asked for before it is used.
  const media = element as HTMLVideoElement;
  const hooks = toHooks(media, watched.hooks);
  const box = observeBox(media, scope);
  /** The playhead as last seen outside a seek, s, and when, ms. */
  let position = 0;
  let seenAt = Number.NaN;
  /** When it was last seen to have moved, ms. */
  let movedAt = 0;
  /** Has the playhead moved by itself since the source was attached? */
  let started = media.readyState > 0 && media.currentTime > 0; // Attached in mid-play.
  /** Where it set out from, s. */
  let beganAt = 0;
  let seenPaused = false;
  let cancelRefusal = () => {};
  let troubled = false;
  /** Where the announced seek leads, s; while it lasts currentTime stays there. */
  let target: number | undefined;
  let refusable = false;
  let awaitingFrame = false;
  let cancelTimer = () => {};
  const present = () => watched.present(media, hooks.captions());

  const look = () => {
    hooks.looked();
    sample();
  };

  const sample = () => {
    if (media.seeking && target !== media.currentTime) announceSeek();
    note();
    port.emit(
      'sample',
      Object.assign(readSample(media, box), {
        duration: hooks.isLive() ? Infinity : media.duration * 1000,
        programTime: hooks.programTime(),
        rate: hooks.rate(),
        waitingMs: watched.waitingMs(),
      }),
    );
    present();
    cancelTimer();
    if (isActive()) cancelTimer = scope.after(troubled ? TROUBLE_MS : CALM_MS, look);
    if (troubled) lookAtNextFrame();
  };

  const sampleStale = () => {
    if (!(port.now() - seenAt <= FRESH_MS)) sample();
  };

  const reset = () => {
    seenAt = Number.NaN;
    position = beganAt = 0;
    target = undefined;
    cancelRefusal();
    started = troubled = refusable = false;
  };

  /** Follows the playhead; progress ends the trouble. */
  function note(): void {
    if (media.seeking) return;
    // Without data nothing moves: players place the playhead before they have any, live ones far off.
    if (seenAt >= 0 && media.currentTime > position && !media.paused && media.readyState > 1) {
      started = started || media.currentTime > beganAt + CREEP_S;
      troubled = false;
    }
    if (!isActive()) troubled = false;
    seenAt = port.now();
    seenPaused = media.paused;
    if (media.currentTime !== position) movedAt = seenAt;
    position = media.currentTime;
  }

  function isActive(): boolean {
    if (media.error || media.ended) return false;
    return !media.paused || media.seeking || refusable;
  }

  function announceSeek(): void {
    const to = media.currentTime;
    const from = fromOf();
    const isPlayers =
      !started ||
      (media.loop && to < 1 && from > media.duration - 1) ||
      (!media.paused && isStep(media, { from, to, troubled })) ||
      hooks.isPlayersSeek(from, to);
    target = to;
    trouble();
    port.emit('seek', { by: isPlayers ? 'player' : 'user', from: from * 1000, to: to * 1000 });
  }

  /** Where the playhead was when it was taken away: if it ran, it ran on after the last look. */
  function fromOf(): number {
    if (media.paused || troubled || !(seenAt - movedAt < FRESH_MS)) return position;
    const ranS = (Math.min(UNSEEN_MS, port.now() - seenAt) / 1000) * media.playbackRate;
    const aheadS = readBufferedEnd(media.buffered, position) - position;
    return position + (ranS > aheadS ? aheadS : ranS);
  }

  /** The frame that ends a trouble is seen when it is shown, not at the next timer. */
  function lookAtNextFrame(): void {
    if (awaitingFrame || !media.requestVideoFrameCallback) return;
    awaitingFrame = true;
    media.requestVideoFrameCallback(
      scope.guard(() => {
        awaitingFrame = false;
        look();
      }),
    );
  }

  /** Begins where the playhead is now: only what follows is progress. */
  function trouble(): void {
    note();
    troubled = true;
    beganAt = media.currentTime;
  }

  function request(by: 'play' | 'autoplay'): void {
    trouble();
    port.emit('request', { by });
  }

  /** A source was attached while autoplay is set: the browser will play it, or refuse to. */
  function requestAutoplay(): void {
    if (!media.autoplay || !media.paused || started) return;
    refusable = true;
    request('autoplay');
    if (media.readyState > 3 || isUnasked(media)) awaitPlay();
  }

  /** Nothing keeps the browser from playing any more: it does so soon, or not at all. */
  function awaitPlay(): void {
    if (refusable) cancelRefusal = scope.after(CALM_MS, refuse);
  }

  function refuse(): void {
    if (!refusable || !media.paused) return;
    refusable = false;
    port.emit('refused', {});
  }

  function listen(): void {
    const on = (events: string, act: () => void, then = sample) =>
      scope.on(media, events, () => {
        hooks.looked();
        act();
        then();
      });

    on('loadstart', requestAutoplay);
    on('play', () => {
      refusable = false;
      request('play');
      port.emit('play', { by: 'user' });
    });
    on('canplaythrough', awaitPlay, sampleStale);
    on(
      'suspend',
      () => {
        if (isUnasked(media)) awaitPlay();
      },
      sampleStale,
    );
    on(
      'canplay',
      () => {
        if (saysItRefuses(media)) refuse();
      },
      sampleStale,
    );
    // What was played up to now is looked at first.
    on(
      'pause',
      () => {
        const wasPaused = seenPaused;
        sample();
        if (media.ended || (wasPaused && port.inAdBreak())) return; // It made room for the ad before.
        port.emit('pause', { by: whoPaused(media) });
      },
      NOTHING,
    );
    on('seeking', () => {
      if (target === undefined) announceSeek(); // Else a look came first, or this look announces it.
    });
    on('seeked', () => {
      if (!media.seeking) target = undefined;
    });
    on('waiting', () => {
      if (media.paused || media.seeking) return;
      trouble();
      port.emit('waiting', {});
    });
    on(
      'ended',
      () => {
        sample();
        port.emit('ended', {});
      },
      NOTHING,
    );
    on('playing ratechange', NOTHING);
    // Some of them all at once, in the midst of a start.
    on('loadedmetadata durationchange resize timeupdate', NOTHING, sampleStale);
    scope.on(media, 'emptied', () => {
      reset();
      hooks.looked();
    });
    for (const target of [media, media.ownerDocument, media.textTracks]) {
      if (target) scope.on(target, PRESENTATION_EVENTS, present);
    }
  }

  listen();
  scope.own(() => {
    if (isActive()) look(); // What was played since the last look is the viewer's too.
    cancelTimer();
  });
  reportErrors(media, watched);

  if (media.currentSrc) requestAutoplay();
  port.look = scope.guard(look);
  port.look();
  return reset;
}

interface Step {
  readonly from: number;
  readonly to: number;
  readonly troubled: boolean;
}

/** Players step over holes in the buffer, and by a little where a playhead is stuck. */
function isStep({ buffered }: HTMLMediaElement, { from, to, troubled }: Step): boolean {
  if (readBufferedEnd(buffered, from) > from + STEP_S) {
    return troubled && Math.abs(to - from) < STEP_S;
  }
  for (let i = 0; i < buffered.length; i += 1) {
    const start = buffered.start(i);
    if (start > from && Math.abs(to - start) < STEP_S) return true;
  }
  return false;
}

/** What a player does not say, its element does, or nobody. */
function toHooks(media: HTMLMediaElement, own: Hooks): Required<Omit<Hooks, 'tellsErrors'>> {
  return Object.assign(
    {
      looked: NOTHING,
      isPlayersSeek: NOTHING,
      isLive: NOTHING,
      programTime: NOTHING,
      rate: () => media.playbackRate,
      captions: () => readCaptions(media.textTracks),
    },
    own,
  );
}

/** Nobody calls pause() on a muted video that cannot be seen, nor on one taken out of the page. */
function whoPaused(media: HTMLMediaElement): Actor {
  const silent = media.muted || media.volume === 0;
  return (media.ownerDocument.hidden && silent) || !media.isConnected ? 'browser' : 'user';
}

/** Reads the size when the browser has laid it out anyway. */
function observeBox(media: HTMLMediaElement, scope: Scope): Box {
  const box: Box = { width: 0, height: 0 };
  if (typeof ResizeObserver === 'undefined') return box; // Before Chromium 64 it stays unknown.
  const observer = new ResizeObserver(
    scope.guard(() => {
      const { devicePixelRatio } = media.ownerDocument.defaultView as Window; // It is laid out there.
      box.width = media.clientWidth * devicePixelRatio;
      box.height = media.clientHeight * devicePixelRatio;
    }),
  );
  observer.observe(media);
  scope.own(() => observer.disconnect());
  return box;
}

/** HTMLMediaElement.NETWORK_NO_SOURCE */
const NO_SOURCE = 3;

/** Told once all have heard of it: by then its player has mended the element, or nobody will at once. */
function reportErrors(media: HTMLMediaElement, watched: Watched): void {
  const { scope, hooks, fail } = watched;
  if (hooks.tellsErrors) return;
  scope.on(media, 'error', () => {
    const { error } = media;
    scope.settle(() => {
      // Without an error it is of a <source> or a track: the last source that fails leaves none.
      if ((!error && media.networkState !== NO_SOURCE) || isEmptied(media)) return;
      fail(toElementFault(error || { code: 4 }, media.error === error));
    }, 0);
  });
}

/** HTMLMediaElement.NETWORK_IDLE */
const IDLE = 1;

/** With `preload="none"` nothing is loaded for whom the browser does not let play. */
function isUnasked(media: HTMLMediaElement): boolean {
  return media.preload === 'none' && media.networkState === IDLE && !media.readyState;
}

/** `src = ''` takes the content away; to browsers it is an address that they cannot play. */
export function isEmptied(media: HTMLMediaElement): boolean {
  return media.getAttribute('src') === '';
}

/** Firefox does, and may buffer too little before a gesture to ever come to `canplaythrough`. */
function saysItRefuses(media: HTMLMediaElement): boolean {
  const navigator = media.ownerDocument?.defaultView?.navigator as AutoplayNavigator | undefined;
  const policy = navigator?.getAutoplayPolicy?.(media);
  return (
    policy === 'disallowed' || (policy === 'allowed-muted' && !media.muted && media.volume > 0)
  );
}

/** @see https://w3c.github.io/autoplay/#query-by-a-media-element */
interface AutoplayNavigator {
  readonly getAutoplayPolicy?: (media: HTMLMediaElement) => string;
}
