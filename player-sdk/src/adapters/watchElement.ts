// Watches one media element: its events become signals, and it is sampled as often as the meter
// needs. Whoever drives the element (the browser, hls.js …) is known only through the hooks.
import type { Actor } from '../contract/event.ts';
import type { Port } from './adapter.ts';
import { type Box, readSample, toVideo } from './readSample.ts';
import type { Scope } from './scope.ts';

/** Ms between two looks: normally, and near trouble (starting, waiting, seeking). */
const CALM_MS = 250;
const TROUBLE_MS = 100;
/** A look at an event of no consequence is skipped when the last one is younger than this, ms. */
const FRESH_MS = 50;

/** What only the player that drives the element can say. */
export interface Hooks {
  /** Something happened; called before its signal. Where a new source is noticed. */
  looked?(): void;
  isPlayersSeek?(fromS: number, toS: number): boolean;
  /** Epoch ms of the packager's clock for the displayed frame. */
  programTime?(): number | undefined;
  /** Is an error of the element the end, or does its player recover from it? */
  isFatal?(): boolean;
}

export interface Watch {
  /** Another source: nothing that was known of the playhead holds any more. */
  reset(): void;
  /** Look now. */
  look(): void;
}

export function watchElement(
  media: HTMLMediaElement,
  { port, scope, hooks }: { port: Port; scope: Scope; hooks: Hooks },
): Watch {
  const box: Box = { width: 0, height: 0 };
  /** The playhead as last seen outside a seek, s, and when, ms. */
  let seen: { position: number; at: number } | undefined;
  /** Has the playhead moved by itself since the source was attached? */
  let started = false;
  let troubled = false;
  /** Where the announced seek leads, s; while it lasts currentTime stays there. */
  let target: number | undefined;
  let refusable = false;
  let awaitingFrame = false;
  let cancelTimer = () => {};

  observeBox(media, box, scope);
  scope.own(() => cancelTimer());

  const watch: Watch = {
    reset() {
      seen = undefined;
      target = undefined;
      started = troubled = refusable = false;
    },
    look() {
      hooks.looked?.();
      if (media.seeking && target !== media.currentTime) announceSeek();
      note();
      port.emit('sample', readSample(media, box, hooks.programTime?.()));
      cancelTimer();
      if (isActive()) cancelTimer = scope.after(troubled ? TROUBLE_MS : CALM_MS, watch.look);
      if (troubled) lookAtNextFrame();
    },
  };

  /** Follows the playhead; progress ends the trouble. */
  function note(): void {
    if (media.seeking) return;
    const position = media.currentTime;
    const moved = seen !== undefined && position > seen.position && !media.paused;
    if (moved) {
      started = true;
      troubled = false;
    }
    if (!isActive()) troubled = false;
    seen = { position, at: port.now() };
  }

  function isActive(): boolean {
    if (media.error !== null || media.ended) return false;
    return !media.paused || media.seeking || refusable;
  }

  function announceSeek(): void {
    const to = media.currentTime;
    const from = fromOf();
    const loop = media.loop && to < 1 && from > media.duration - 1;
    const by: Actor =
      !started || loop || hooks.isPlayersSeek?.(from, to) === true ? 'player' : 'user';
    target = to;
    trouble();
    port.emit('seek', { by, from: from * 1000, to: to * 1000 });
  }

  /** Where the playhead was when it was taken away: it ran on after the last look. */
  function fromOf(): number {
    if (seen === undefined) return 0;
    const running = !media.paused && !troubled;
    const sinceS = Math.min(CALM_MS, port.now() - seen.at) / 1000;
    return seen.position + (running ? sinceS * media.playbackRate : 0);
  }

  /** The frame that ends a trouble is seen when it is shown, not at the next timer. */
  function lookAtNextFrame(): void {
    if (awaitingFrame || !('requestVideoFrameCallback' in media)) return;
    awaitingFrame = true;
    toVideo(media).requestVideoFrameCallback(
      scope.guard(() => {
        awaitingFrame = false;
        watch.look();
      }),
    );
  }

  /** Begins where the playhead is now: only what follows is progress. */
  function trouble(): void {
    note();
    troubled = true;
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
  }

  const on = (types: string, act: () => void) =>
    scope.on(media, types, () => {
      hooks.looked?.();
      act();
      watch.look();
    });

  on('loadstart', requestAutoplay);
  on('play', () => {
    refusable = false;
    request('play');
    port.emit('play', { by: 'user' });
  });
  on('canplaythrough', () => {
    if (!refusable) return;
    scope.after(CALM_MS, () => {
      if (!refusable || !media.paused) return;
      refusable = false;
      port.emit('refused', {});
    });
  });
  on('pause', () => {
    if (!media.ended) port.emit('pause', { by: whoPaused(media) });
  });
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
  on('ended', () => port.emit('ended', {}));
  on('loadedmetadata playing canplay ratechange durationchange', () => {});
  scope.on(media, 'emptied', () => {
    watch.reset();
    hooks.looked?.();
  });
  scope.on(media, 'timeupdate', () => {
    if (seen === undefined || port.now() - seen.at > FRESH_MS) watch.look();
  });
  reportErrors(media, { port, scope, hooks });

  if (media.readyState > 0 && media.currentTime > 0) started = true; // Attached in mid-play.
  if (media.currentSrc !== '') requestAutoplay();
  scope.guard(watch.look)();
  return watch;
}

/** Nobody calls pause() on a muted video that cannot be seen, nor on one taken out of the page. */
function whoPaused(media: HTMLMediaElement): Actor {
  const silent = media.muted || media.volume === 0;
  if (media.ownerDocument.hidden && silent) return 'browser';
  return media.isConnected ? 'user' : 'browser';
}

/** Reads the size when the browser has laid it out anyway. */
function observeBox(media: HTMLMediaElement, box: Box, scope: Scope): void {
  const read = scope.guard(() => {
    box.width = media.clientWidth;
    box.height = media.clientHeight;
  });
  if (typeof ResizeObserver === 'undefined') {
    scope.on(media, 'loadedmetadata resize', read); // Before Chromium 64: once per picture size.
    return;
  }
  const observer = new ResizeObserver(read);
  observer.observe(media);
  scope.own(() => observer.disconnect());
}

const MEDIA_ERRORS = [
  ['unknown', 'MEDIA_ERR_UNKNOWN'],
  ['unknown', 'MEDIA_ERR_ABORTED'],
  ['network', 'MEDIA_ERR_NETWORK'],
  ['media', 'MEDIA_ERR_DECODE'],
  ['media', 'MEDIA_ERR_SRC_NOT_SUPPORTED'],
] as const;

/** HTMLMediaElement.NETWORK_NO_SOURCE */
const NO_SOURCE = 3;

function reportErrors(
  media: HTMLMediaElement,
  { port, scope, hooks }: { port: Port; scope: Scope; hooks: Hooks },
): void {
  const report = (code: number, message: string) => {
    const [category, name] = MEDIA_ERRORS[code] ?? MEDIA_ERRORS[0];
    port.emit('error', {
      fatal: hooks.isFatal?.() ?? true,
      // "404: Not Found" is told as an unsupported source.
      category: /\b[45]\d\d\b/.test(message) ? 'network' : category,
      code: name,
      ...(message !== '' && { message }),
    });
  };
  scope.on(media, 'error', () => {
    if (media.error) return report(media.error.code, media.error.message ?? '');
    // Of a <source>, or of a track: the last source that fails leaves the element without any.
    scope.after(0, () => {
      if (media.networkState === NO_SOURCE && media.error === null) report(4, '');
    });
  });
}
