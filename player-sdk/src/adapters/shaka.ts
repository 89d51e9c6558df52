// The adapter of Shaka Player 5: what is displayed, delivered and refused, from Shaka's own events;
// the playhead from its element. It changes no setting, adds no filter and imports none of its code.
import type { Adapter } from './adapter.ts';
import { createAdapter, type Hear, type Reach } from './createAdapter.ts';
import type { Delivered } from './delivery.ts';
import type { ErrorTable, Fault } from './errors.ts';
import { readCaptions } from './presentation.ts';
import type { Hooks } from './watchElement.ts';

/** `shaka.Player`, as far as it is used: its own types cannot be imported by every module system. */
export interface ShakaPlayer {
  getAssetUri(): string | null;
  getMediaElement(): HTMLMediaElement | null;
  getTextTracks(): readonly Captions[];
  getVariantTracks(): readonly Track[];
  getPlaybackRate(): number;
  getPlayheadTimeAsDate(): Date | null;
  isLive(): boolean;
  keySystem(): string;
  seekRange(): { readonly start: number };
}

interface Captions {
  readonly active: boolean;
  readonly language: string;
}

interface Track {
  readonly active: boolean;
  readonly videoId: number | null;
  readonly audioId: number | null;
  readonly bandwidth: number;
  readonly videoBandwidth: number | null;
  readonly audioBandwidth: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly frameRate: number | null;
  readonly videoCodec: string | null;
  readonly audioCodec: string | null;
  readonly hdr: string | null;
  readonly audioLanguage: string | null;
}

/** The events that are heard, by Shaka's own names. */
interface Heard {
  onstatechange: unknown;
  loading: unknown;
  loaded: unknown;
  unloading: { readonly isSwitchingContent: boolean };
  variantchanged: unknown;
  adaptation: unknown;
  drmsessionupdate: unknown;
  downloadcompleted: Download & {
    readonly response: {
      readonly uri: string;
      readonly status?: number;
      readonly data?: { readonly byteLength: number } | null;
      readonly timeMs?: number;
      readonly fromCache?: boolean;
    };
  };
  downloadfailed: Download & {
    readonly error: ShakaError | null;
    readonly httpResponseCode: number;
    readonly aborted: boolean;
  };
  error: { readonly detail: ShakaError };
}

interface Download {
  readonly requestType: number;
  readonly request: {
    readonly uris: readonly string[];
    /** From 0; each goes to the next of the addresses. */
    readonly attempt?: number;
    readonly requestStartTime?: number | null;
    readonly timeToFirstByte?: number | null;
  };
  readonly context?: {
    readonly stream?: { readonly id: number; readonly type: string };
    readonly segment?: { getStartTime(): number; getEndTime(): number } | null;
  };
}

interface ShakaError {
  /** 1 recoverable, 2 critical. */
  readonly severity: number;
  readonly code: number;
  readonly message?: string;
  readonly data: readonly unknown[];
}

/** By `code`, after what was asked for where a request failed: `manifest1001`. */
export const SHAKA_ERRORS: ErrorTable = [
  [/^manifest|^4\d{3}$/, 'manifest'],
  [/^key|^6\d{3}$/, 'drm'],
  [/^(segment|other)?1\d{3}$/, 'network'],
  [/^[235]\d{3}$/, 'media'],
  [/^10\d{3}$/, 'ad'],
];

/** `new shaka.Player()`, before or after `attach()`; the element where play() may come before it. */
export function shaka(player: ShakaPlayer, element?: HTMLMediaElement): Adapter {
  return createAdapter({
    player: {
      name: 'Shaka Player',
      // A static of the class; only the instance is at hand.
      get version() {
        return (player.constructor as unknown as { readonly version: string }).version;
      },
      adapter: 'shaka',
    },
    errors: SHAKA_ERRORS,
    start: (reach) => start(player, element, reach),
  });
}

function start(player: ShakaPlayer, element: HTMLMediaElement | undefined, reach: Reach): Hooks {
  const { port } = reach;
  const on = hear(player, reach);
  /** Empty while nothing is, or not yet. */
  let loaded = player.getAssetUri();
  let cancelLeave = () => {};
  /** What was played is being taken apart, and may play on meanwhile. */
  let leaving = false;
  const find = () => player.getMediaElement() ?? element;
  const follow = () => reach.follow(find());
  const tell = (error: ShakaError, fatal: boolean) =>
    reach.fail(toFault(error, fatal), `${error.code}`);
  const leaveOnceEmpty = () => {
    if (!leaving || find()?.readyState) return;
    leaving = false;
    reach.emptied();
  };
  const describe = () => reach.drm(player.keySystem());

  reach.source(loaded);
  follow();
  describe();
  const tellRendition = followRendition(player, reach);
  const takeFailure = followDelivery(player, reach);
  on('onstatechange', () => {
    leaveOnceEmpty();
    follow();
  });
  on('loading', () => {
    cancelLeave();
    leaving = false;
    loaded = null;
    reach.source({}); // The same URL once more is another source, too.
    follow();
  });
  on('loaded', () => {
    loaded = player.getAssetUri();
    describe();
  });
  on('drmsessionupdate', describe);
  on('unloading', ({ isSwitchingContent }) => {
    // What fails while a source is loaded, Shaka tells the caller of load() only.
    const failure = takeFailure();
    if (!loaded && failure) tell(failure, true);
    port.look?.(); // As long as the position is there.
    leaving = Boolean(loaded) && !isSwitchingContent;
    // It was called off; or it failed of what only the page is told, which may tell it first.
    if (!loaded && !failure && !isSwitchingContent)
      cancelLeave = reach.after(TOLD_MS, reach.emptied);
    loaded = null;
  });
  on('error', ({ detail }) => {
    // What it tries again of a live stream, it says once everybody has heard of it.
    reach.settle(() => tell(detail, detail.severity === CRITICAL));
  });

  return {
    looked() {
      leaveOnceEmpty();
      tellRendition();
    },
    captions() {
      // Of its own drawing there is no text track in the element; what is off is not active.
      const [text] = loaded ? player.getTextTracks().filter(({ active }) => active) : [];
      return readCaptions(find()?.textTracks) ?? text?.language;
    },
    // It takes a playhead back that fell out of the window.
    isPlayersSeek: (fromS) => player.isLive() && fromS < player.seekRange().start,
    programTime: () => (player.isLive() ? player.getPlayheadTimeAsDate()?.getTime() : undefined),
    // With a rebuffering goal, Shaka holds the element at rate 0 while it fills the buffer.
    rate: () => player.getPlaybackRate() || 1, // 0 before it is loaded.
    tellsErrors: true,
  };
}

/** Shaka is as good as an EventTarget. */
function hear(player: ShakaPlayer, { on }: Reach): Hear<Heard> {
  const target = player as unknown as EventTarget; // It has the methods, with types of its own.
  return (type, act) => on(target, type, (event) => act(event as never)); // As declared.
}

/** What is asked for; the segment under the playhead is one of the last. */
const SEGMENTS = 200;

/** What is on the screen. Shaka tells what it chose, so the segment under the playhead is looked up. */
function followRendition(player: ShakaPlayer, reach: Reach): () => void {
  const on = hear(player, reach);
  let segments: { readonly start: number; readonly end: number; readonly id: number }[] = [];
  let shown: number | undefined;
  const again = () => {
    shown = undefined;
  };
  on('loading', () => {
    segments = [];
    again();
  });
  on('variantchanged', again); // Of language, say.
  on('adaptation', again);
  on('downloadcompleted', ({ context }) => {
    const { segment, stream } = context ?? {};
    if (!segment || stream?.type !== 'video') return;
    segments.push({ start: segment.getStartTime(), end: segment.getEndTime(), id: stream.id });
    segments = segments.slice(-SEGMENTS);
  });
  return () => {
    const media = player.getMediaElement();
    if (!media || media.readyState < 2) return;
    const at = media.currentTime;
    const id = segments.filter(({ start, end }) => start <= at && at < end).pop()?.id;
    // Without any, it is sound only.
    if (shown !== undefined && (id === undefined || id === shown)) return;
    const tracks = player.getVariantTracks();
    const active = tracks.filter((track) => track.active)[0];
    const track =
      tracks.filter((each) => each.videoId === id && each.audioId === active?.audioId)[0] ?? active;
    if (!track) return;
    shown = id;
    reach.rendition({
      bitrate: track.videoBandwidth || track.bandwidth,
      width: track.width,
      height: track.height,
      frameRate: track.frameRate,
      codec: track.videoCodec ?? track.audioCodec,
      hdr: track.hdr,
      audioBitrate: track.videoBandwidth && track.audioBandwidth,
      audioLanguage: track.audioLanguage,
    });
  };
}

/** Every request of Shaka that ended, each try for itself. The answer takes what the last one failed of. */
function followDelivery(player: ShakaPlayer, reach: Reach): () => ShakaError | undefined {
  const on = hear(player, reach);
  let failure: ShakaError | undefined;
  let isLast = false;
  on('loading', take);
  on('downloadcompleted', (download) => {
    const { uri, status, data, timeMs, fromCache } = download.response;
    const { requestStartTime: start, timeToFirstByte, uris } = download.request;
    const timed = start && timeToFirstByte && timeMs && !fromCache;
    take();
    const kind = toKind(download);
    if (!kind) return;
    reach.deliver({
      kind,
      url: uri,
      asked: uris[0],
      status,
      bytes: data?.byteLength,
      ...(timed && { start, first: start + timeToFirstByte, end: start + timeMs }),
    });
  });
  on('downloadfailed', (download) => {
    const { error, httpResponseCode: status, aborted, request } = download;
    isLast = error?.code === EXHAUSTED || error?.severity === CRITICAL;
    const kind = toKind(download);
    // What Shaka gave up is no failure, unless it took too long; that no try is left is no request.
    if (!kind || !error || error.code === EXHAUSTED || (error.code === ABORTED && !aborted)) return;
    // Shaka finds out only later that what it gave up took too long.
    failure = aborted ? toTimeout(download) : error;
    const { attempt = 0, uris } = request;
    reach.deliver({ kind, url: uris[attempt % uris.length], status, failed: true });
  });

  function take(): ShakaError | undefined {
    const taken = isLast ? failure : undefined;
    failure = undefined;
    isLast = false;
    return taken;
  }
  return take;
}

function toTimeout({ request, requestType }: Download): ShakaError {
  const data = [request.uris[0], requestType];
  return { severity: 1, code: TIMEOUT, message: `Shaka Error ${TIMEOUT}`, data };
}

/** So soon after a load that failed its page tells of what, ms. */
const TOLD_MS = 500;

const CRITICAL = 2;
const TIMEOUT = 1003;
const EXHAUSTED = 1010;
const ABORTED = 7001;
/** By Shaka's request type; segments are known by their stream, the rest belongs to pages and ads. */
const KINDS = ['manifest', 'segment', 'key', '', 'other', 'key', 'key', '', 'other'] as const;

function toKind({ requestType, context }: Download): Delivered['kind'] | undefined {
  const kind = KINDS[requestType];
  if (kind !== 'segment') return kind || undefined;
  if (!context?.segment) return 'init';
  const type = context.stream?.type;
  return type === 'video' || type === 'audio' || type === 'text' ? type : 'other';
}

/** Where the data of a failed request hold its type, by code. */
const TYPE_AT: Readonly<Record<number, number>> = { 1001: 4, 1002: 2, 1003: 1 };

function toFault(error: ShakaError, fatal: boolean): Fault {
  // Of a licence that was refused, the request's own error is within.
  const cause = (error.code === 6007 && (error.data[0] as ShakaError)) || error; // By Shaka's docs.
  const { data } = cause;
  const asked = KINDS[data[TYPE_AT[error.code] ?? -1] as number]; // Likewise.
  const status = cause.code === 1001 ? Number(data[1]) : 0;
  return { code: `${asked ?? ''}${error.code}`, fatal, message: error.message, status };
}
