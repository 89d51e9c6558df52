// The adapter of dash.js 5: what is displayed, delivered and refused, from dash.js' own events; the
// playhead from its element. It changes no setting of dash.js and imports none of its code.
import type {
  FragmentRequest,
  HTTPRequest,
  MediaInfo,
  MediaPlayerClass,
  Representation,
} from 'dashjs';
import type { Adapter } from './adapter.ts';
import { createAdapter, type Hear, type Reach } from './createAdapter.ts';
import type { Delivered } from './delivery.ts';
import type { ErrorTable, Fault } from './errors.ts';
import type { Hooks } from './watchElement.ts';

/** The events that are heard, by dash.js' own names. */
interface Heard {
  manifestLoadingStarted: { readonly request: FragmentRequest };
  playbackInitialized: unknown;
  streamDeactivated: unknown;
  streamTeardownComplete: unknown;
  playbackNotAllowed: unknown;
  playbackSeeked: unknown;
  qualityChangeRendered: {
    readonly mediaType: string;
    readonly newRepresentation: Representation | null;
  };
  fragmentLoadingStarted: { readonly request: FragmentRequest; readonly mediaType: string };
  fragmentLoadingAbandoned: { readonly request: FragmentRequest };
  metricAdded: { readonly metric: string; readonly value: HTTPRequest };
  public_licenseRequestSending: { readonly url: string; readonly sessionId: string | null };
  public_licenseRequestComplete: {
    readonly data: { readonly sessionToken: { getSessionId(): string } };
    readonly error?: unknown;
  };
  public_keySystemSelected: { readonly data: KeySystemAccess | null };
  error: { readonly error: DashError };
  urlResolutionFailed: unknown;
}

interface KeySystemAccess {
  readonly selectedSystemString?: string | null;
  readonly keySystem: { readonly systemString: string };
}

interface DashError {
  readonly code?: number | null;
  readonly message?: string | null;
  readonly data?: {
    readonly request?: FragmentRequest;
    readonly response?: { readonly status?: number } | null;
  } | null;
}

/** By `code`: 1 … 5 are the element's, 10 … 36 dash.js', 100 … 114 its protection's. */
export const DASHJS_ERRORS: ErrorTable = [
  [/^(1[0125]|2[569]|3[124])$/, 'manifest'],
  [/^(2|1[679]|2[78])$/, 'network'],
  [/^(5|24|36|1\d\d)$/, 'drm'],
  [/^([134]|18|2[0-3]|3[35]|20\d)$/, 'media'],
];

/**
 * dash.js goes on: with another base URL, without what failed, or at its next try. What steers, or
 * reports for it, has no number.
 */
const RECOVERABLE = /^\D|^(1[2678]|2[0-26-9]|33)$/;

/** Of a manifest: what a live one said before still plays. */
const REFRESH = /^(10|25|31)$/;

/** HTMLMediaElement.HAVE_FUTURE_DATA */
const READY = 3;

/** So far from the viewer's aim dash.js may find something to play, s. */
const STEP_S = 0.5;

/** So long it asks for nothing more, while nothing is left to play, ms: dash.js has given up. */
const GIVEN_UP_MS = 1000;

/** `dashjs.MediaPlayer().create()`, before or after `initialize()`: `monitor(dashjs(player), …)`. */
export function dashjs(player: MediaPlayerClass): Adapter {
  return createAdapter({
    player: {
      name: 'dash.js',
      get version() {
        return player.getVersion();
      },
      adapter: 'dashjs',
    },
    errors: DASHJS_ERRORS,
    start: (reach) => start(player, reach),
  });
}

function start(player: MediaPlayerClass, reach: Reach): Hooks {
  const { port } = reach;
  const on = reach.hear<Heard>(player);
  /** Stands for what is loaded: another one after each teardown. */
  let source = {};
  let told: object | undefined;
  /** Where the last seek leads, s, until it is there. */
  let aim = Number.NaN;

  const load = () => {
    if (!player.isReady()) return; // Without a source, or without an element.
    const media = player.getVideoElement();
    reach.follow(media);
    reach.source(source);
    // What is ready was played already, or refused.
    const isDue = told !== source && media.readyState < READY;
    if (isDue && player.getAutoPlay()) port.emit('request', { by: 'autoplay' });
    told = source;
  };
  load();

  on('manifestLoadingStarted', load); // Of a live manifest at every refresh, too.
  on('playbackInitialized', load);
  on('streamDeactivated', () => port.look && port.look()); // As long as the position is there.
  on('streamTeardownComplete', () => {
    source = {};
    // Another source is loaded at once, else reset() or destroy() was called.
    reach.after(0, () => told !== source && reach.emptied());
  });
  on('playbackNotAllowed', () => port.emit('refused', {}));
  on('playbackSeeked', () => {
    aim = Number.NaN;
  });
  on('public_keySystemSelected', ({ data }) => {
    if (data) reach.drm(data.selectedSystemString || data.keySystem.systemString);
  });
  const tellRendition = followRendition(player, on, reach);
  const asked = followDelivery(on, reach);
  const tellEnd = followErrors(player, reach, asked);

  return {
    looked() {
      tellRendition();
      tellEnd();
    },
    tellsErrors: true,
    isPlayersSeek(fromS, toS) {
      const before = aim;
      aim = toS;
      // It takes a seek on to where the buffer begins, and a playhead that fell out of the window back.
      return Math.abs(toS - before) < STEP_S || ask(() => fromS < player.getDvrWindow().start);
    },
    programTime: () => ask(() => player.timeAsUTC() * 1000),
  };
}

/** dash.js throws where it cannot tell yet, or any more. */
function ask<T>(question: () => T): T | undefined {
  try {
    return question();
  } catch {
    return undefined;
  }
}

/**
 * What is on the screen. dash.js says so when the playhead reaches it, or too early, once it has fetched
 * in better quality what is buffered: as long as the picture has the old height, it is the old one (a
 * height that is declared wrongly is never the picture's). The answer is to be asked at each look.
 */
function followRendition(player: MediaPlayerClass, on: Hear<Heard>, reach: Reach): () => void {
  let shown: Record<string, Representation | null | undefined> = {};
  /** Of what was told last, as declared. */
  let height: number | undefined;
  const read = (type: 'video' | 'audio') =>
    shown[type] || ask(() => player.getCurrentRepresentationForType(type));
  const tell = () => {
    const video = read('video');
    const audio = read('audio');
    const main: Partial<Representation> = video || audio || {};
    if (height && main.height !== height && player.getVideoElement().videoHeight === height) return;
    height = main.height;
    reach.rendition({
      bitrate: main.bandwidth,
      width: main.width,
      height: main.height,
      frameRate: main.frameRate,
      codec: main.codecs,
      hdr: toRange(main.mediaInfo),
      audioBitrate: video && audio && audio.bandwidth,
      audioLanguage: audio && audio.mediaInfo && audio.mediaInfo.lang,
    });
  };
  tell(); // Attached in mid-play.
  on('streamTeardownComplete', () => {
    height = undefined;
    shown = {};
  });
  on('qualityChangeRendered', ({ mediaType, newRepresentation }) => {
    shown[mediaType] = newRepresentation;
    tell();
  });
  return tell;
}

/** ISO/IEC 23091-2 transfer characteristics, in the words of HLS' VIDEO-RANGE. */
function toRange(media: MediaInfo | null | undefined): string | undefined {
  const properties = JSON.stringify(
    media && [media.essentialProperties, media.supplementalProperties],
  );
  const [, value] = /:Transfer[^}]*value":"(\d+)"/.exec(properties) || [];
  return { 16: 'PQ', 18: 'HLG' }[value as '16'];
}

/** Every request of dash.js that ended, each try for itself. */
function followDelivery(on: Hear<Heard>, reach: Reach): Set<FragmentRequest> {
  /**
   * What is on its way: not what was given up, nor what a source that is gone had asked for. Each by
   * itself: dash.js may change its address then (CMCD, content steering).
   */
  const asked = new Set<FragmentRequest>();
  const abandoned = new WeakSet<FragmentRequest>();
  /** By session: a picture of several keys asks for several at once. */
  const licenses = new Map<string | null, string | undefined>();
  on('streamTeardownComplete', () => {
    asked.clear();
    licenses.clear();
  });
  on('fragmentLoadingStarted', ({ request, mediaType }) => {
    asked.add(request);
    const kind = toKind(request.type, mediaType);
    // Initialisation segments of sound and picture are asked for at once.
    if (kind !== 'init') {
      reach.open(kind, () => ({ kind, url: request.url, bytes: request.bytesLoaded }));
    }
  });
  on('fragmentLoadingAbandoned', ({ request }) => {
    abandoned.add(request);
    asked.delete(request);
  });
  on('metricAdded', ({ metric, value }) => {
    // What did not end is one more line for a redirected request.
    if (metric !== 'HttpList' || !value._tfinish) return;
    const delivered = toDelivered(value);
    const ended = Array.from(asked).find(({ url }) => url === value.url);
    const tell = () => {
      if (ended && !abandoned.has(ended)) reach.deliver(delivered);
    };
    if (!delivered.status) return reach.after(0, tell); // By then it is told if it was given up.
    if (ended && delivered.status < 400) asked.delete(ended);
    return reach.deliver(delivered);
  });
  const tellLicense = (session: string | null, failed: boolean, next?: string) => {
    const url = licenses.get(session);
    if (url) reach.deliver({ kind: 'key', url, failed });
    licenses.set(session, next);
  };
  on('public_licenseRequestSending', ({ url, sessionId }) => {
    tellLicense(sessionId, true, url); // A try that failed; dash.js tells the end of the last one only.
  });
  on('public_licenseRequestComplete', ({ data, error }) => {
    tellLicense(data.sessionToken.getSessionId() || null, !!error);
  });
  return asked;
}

function toDelivered(request: HTTPRequest): Delivered {
  const { url, responsecode, trace } = request;
  const location = request._serviceLocation;
  const start = Number(request.trequest); // A Date, or null.
  const first = Number(request.tresponse); // Likewise.
  return {
    kind: toKind(request.type, request._stream),
    url: request.actualurl || url,
    asked: url,
    status: responsecode,
    failed: !responsecode,
    bytes: (trace || []).reduce((sum: number, { b }) => sum + b[0], 0),
    start,
    // Of what came at one go only the trace tells; of chunks, there is one for them all.
    first: first > start ? first : trace && trace[0] && start + trace[0].d,
    end: Number(request._tfinish),
    // Where the manifest gives none, dash.js takes the URL.
    pathway: /\//.test(location || '/') ? '' : location,
  };
}

function toKind(type: string | null | undefined, stream: string | null): Delivered['kind'] {
  const name = type as string; // Where there is none, nothing matches.
  if (/^(MPD|XLink)/.test(name)) return 'manifest';
  if (name !== 'MediaSegment') return /Segment$/.test(name) ? 'init' : 'other';
  return stream === 'audio' || stream === 'text' || stream === 'video' ? stream : 'other';
}

/**
 * A download that failed is the end only where no base URL is left to try, or no newer manifest comes,
 * and even then dash.js may begin anew, and what is buffered plays on. The answer looks whether it came
 * to an end.
 */
function followErrors(
  player: MediaPlayerClass,
  reach: Reach,
  asked: Set<FragmentRequest>,
): () => void {
  const on = reach.hear<Heard>(player);
  let last: Fault | undefined;
  let isLast: boolean | undefined;
  let idleSince = 0;
  on('error', ({ error }) => {
    const { request, response } = error.data || {};
    const code = `${error.code || (request && request.type)}`;
    const isRefresh = REFRESH.test(code) && ask(() => player.getVideoElement().readyState);
    const fault = {
      code,
      fatal: !(isRefresh || RECOVERABLE.test(code)),
      message: error.message,
      status: response && response.status,
    };
    if (error.code) last = fault;
    if (isRefresh) isLast = true;
    asked.delete(request as FragmentRequest); // None at undefined.
    reach.fail(fault);
  });
  on('manifestLoadingStarted', ({ request }) => {
    asked.add(request);
    if (last && REFRESH.test(last.code)) isLast = false;
  });
  on('urlResolutionFailed', () => {
    isLast = last && !last.fatal;
  });
  on('streamTeardownComplete', () => {
    isLast = false;
  });
  return () => {
    const now = reach.port.now();
    if (!isLast || asked.size || player.getVideoElement().readyState > 2) {
      idleSince = now;
    } else if (now - idleSince > GIVEN_UP_MS) {
      isLast = false;
      reach.fail(Object.assign({}, last, { fatal: true }));
    }
  };
}
