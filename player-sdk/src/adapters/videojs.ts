// The adapter of video.js 8: what VHS displays and asks for, what the player says of errors; where
// the browser itself plays (Safari's HLS, files), what html5 knows. It imports none of video.js' code.
import type { Adapter } from './adapter.ts';
import { createAdapter, type Emitter, type Reach } from './createAdapter.ts';
import type { Delivered } from './delivery.ts';
import { ELEMENT_ERRORS, type ErrorTable, toElementFault } from './errors.ts';
import { followNative } from './followNative.ts';
import { readCaptions } from './presentation.ts';
import type { Hooks } from './watchElement.ts';

/** What is asked of a player of video.js, whose own types leave VHS out. */
export interface VideojsPlayer extends Emitter {
  version(): object;
  /** Its element is wrapped, replaced and taken away: it is asked for anew each time. */
  tech(safety: boolean): unknown;
  currentSrc(): string;
  currentSource(): object;
  currentSources(): unknown;
  seekable(): TimeRanges;
  error(): unknown;
  textTracks(): unknown;
  audioTracks(): unknown;
}

interface Tech {
  el(): HTMLMediaElement;
  readonly vhs?: Vhs;
}

interface Vhs {
  readonly xhr: Hookable;
  /** This, and what follows, since it was given its source: it asks for nothing before. */
  readonly options_: { readonly externVhs: { readonly xhr: Hookable } };
  readonly playlists: {
    /** Since it shows a segment. */
    readonly main: { readonly playlists: readonly Playlist[] };
    media(): Playlist | undefined;
  };
}

interface Hookable {
  onResponse(hook: ResponseHook): void;
  offResponse(hook: ResponseHook): void;
  readonly _responseCallbackSet?: Set<ResponseHook>;
}

interface ResponseHook {
  (request: VhsRequest, error: unknown, response: VhsResponse): void;
  /** It is an adapter's. */
  retour?: true;
}

interface VhsRequest extends XMLHttpRequest {
  readonly uri: string;
  readonly requestType: string;
}

interface VhsResponse {
  readonly statusCode: number;
  readonly body?: { readonly byteLength?: number; readonly length?: number };
}

interface Playlist {
  readonly id: string;
  readonly attributes: Attributes;
}

/** As the manifest has them. */
interface Attributes {
  readonly BANDWIDTH?: number;
  readonly 'AVERAGE-BANDWIDTH'?: number | string;
  readonly RESOLUTION?: { readonly width: number; readonly height: number };
  readonly 'FRAME-RATE'?: number;
  readonly CODECS?: string;
  readonly 'VIDEO-RANGE'?: string;
  readonly 'PATHWAY-ID'?: string;
  readonly serviceLocation?: string;
}

/** What VHS writes into its track `segment-metadata`, for each segment on the time line. */
interface SegmentCue {
  readonly playlist: string;
  readonly start: number;
  readonly programDateTime?: number;
}

interface VideojsError extends Pick<MediaError, 'code' | 'message'> {
  readonly metadata?: Detail;
}

/** Of the request that failed, where one did. */
interface Detail {
  readonly errorType?: string;
  readonly requestType?: string;
  readonly status?: number;
}

/** What events bring: `segmentloadstart` tells the segment, the others nothing that is read. */
interface Heard {
  readonly ready: unknown;
  readonly loadstart: unknown;
  readonly 'xhr-hooks-ready': unknown;
  readonly segmentloadstart: {
    readonly metadata: { readonly segmentInfo: { readonly type: string; readonly uri: string } };
  };
  readonly playerreset: unknown;
  readonly error: unknown;
  readonly dispose: unknown;
}

/** By the name of the code, or the type that VHS or its DRM plugin gives; behind it that of the failed request. */
export const VIDEOJS_ERRORS: ErrorTable = [
  [/^eme|key$|decrypt/, 'drm'],
  [/playlist|manifest|steering/, 'manifest'],
  [/^network| segment$/, 'network'],
  [/^streaming/, 'media'],
  ...ELEMENT_ERRORS,
];

/** A player of video.js, at any time of its life: `monitor(videojs(player), …)`. */
export function videojs(player: VideojsPlayer): Adapter {
  return createAdapter({
    player: {
      name: 'video.js',
      get version() {
        return (player.version() as { readonly 'video.js': string })['video.js']; // By package.
      },
      adapter: 'videojs',
    },
    errors: VIDEOJS_ERRORS,
    start: (reach) => start(player, reach),
  });
}

function start(player: VideojsPlayer, reach: Reach): Hooks {
  const on = reach.hear<Heard>(player);
  let element: HTMLMediaElement | undefined;
  let vhs: Vhs | undefined;
  /** What the element has loaded: VHS gives each source an address of its own. */
  let loaded: string | undefined;

  const respond = followRequests(player, reach, () => vhs);
  const unhook = () => vhs && vhs.xhr.offResponse(respond);
  const follow = () => {
    const tech = (player.tech(true) || {}) as Partial<Tech>; // There is none before the first source.
    const el = tech.el && tech.el();
    element = el && el.buffered && el; // Others show a frame, or what plays on another screen.
    reach.follow(element);
    if (vhs === tech.vhs) return;
    unhook();
    vhs = tech.vhs;
    if (vhs) vhs.xhr.onResponse(respond);
  };
  reach.own(unhook);
  follow();
  on('loadstart', follow);
  on('ready', follow);
  on('xhr-hooks-ready', () => {
    follow();
    // VHS has begun; the element hears of its first source a tenth of a second later.
    reach.autoplay();
  });
  on('playerreset', reach.emptied);
  on('dispose', reach.left);

  const native = followNative(reach, () => (vhs ? undefined : element));
  return {
    tellsErrors: true,
    looked() {
      const loads = element && element.currentSrc;
      // Of what comes next the player speaks at once, while a middleware may still look for its address.
      if (loaded !== loads) {
        reach.source(player.currentSrc(), () => {
          const sources = player.currentSources() as readonly { readonly src?: string }[]; // Or so it looks.
          return sources.map((source) => source.src);
        });
      }
      loaded = loads;
      reach.drm(keySystemOf(player, element));
      if (vhs) tellRendition(player, vhs, reach);
      else native.looked();
    },
    programTime() {
      const cue = cueOf(player);
      if (!cue || !element) return native.programTime();
      return Number(cue.programDateTime) + (element.currentTime - cue.start) * 1000;
    },
    captions: () => readCaptions(player.textTracks() as TextTrackList), // Or so it looks.
    // VHS leaves for the live edge when the window has left the playhead behind; and seeks on the
    // spot where sound has run on beyond the picture's last frame.
    isPlayersSeek(fromS, toS) {
      const range = player.seekable();
      const isLeft = range.length && fromS < range.start(0);
      return (
        isLeft || (vhs && !(element as HTMLMediaElement).paused && Math.abs(toS - fromS) < 0.5)
      );
    },
  };
}

/** The one that the source names; of several, the one that videojs-contrib-eme has noted on the element. */
function keySystemOf(
  player: VideojsPlayer,
  element: (HTMLMediaElement & { readonly keySystem?: string }) | undefined,
): string | undefined {
  const { keySystems } = player.currentSource() as { readonly keySystems?: object };
  const names = Object.keys(keySystems || {});
  return names[1] ? element && element.keySystem : names[0];
}

/** The segment at the playhead, from the track where VHS keeps what it put on the time line. */
function cueOf(player: VideojsPlayer): SegmentCue | null | undefined {
  const tracks = Array.from(player.textTracks() as ArrayLike<TextTrack>); // Or so it looks.
  const track = tracks.find((one) => one.label === 'segment-metadata');
  const cue = track && track.activeCues && track.activeCues[0];
  return cue && (cue as TextTrackCue & { readonly value: SegmentCue }).value; // As VHS makes them.
}

function tellRendition(player: VideojsPlayer, { playlists }: Vhs, reach: Reach): void {
  const cue = cueOf(player);
  const playlist = cue && playlists.main.playlists.find((one) => one.id === cue.playlist);
  if (!playlist) return;
  const { attributes } = playlist;
  const tracks = Array.from(player.audioTracks() as ArrayLike<Track>); // Or so it looks.
  const audio = tracks.find((track) => track.enabled);
  reach.rendition(
    Object.assign(
      {
        bitrate: Number(attributes['AVERAGE-BANDWIDTH'] || attributes.BANDWIDTH),
        frameRate: attributes['FRAME-RATE'],
        codec: attributes.CODECS,
        hdr: attributes['VIDEO-RANGE'],
        audioLanguage: audio && audio.language,
      },
      attributes.RESOLUTION, // Its width and height.
    ),
  );
}

/**
 * Every request of VHS, in its own words, and the errors that may come of them. Answers what VHS is to
 * call at each response.
 */
function followRequests(
  player: VideojsPlayer,
  reach: Reach,
  read: () => Vhs | undefined,
): ResponseHook {
  const on = reach.hear<Heard>(player);
  /** What the open segments hold, by address. */
  const open: { [uri: string]: Delivered['kind'] | undefined } = {};
  /** What the picture or the sound asked for last, if that failed: errors may leave out why. */
  let last: Detail = {};
  const pathwayOf = () => {
    const vhs = read();
    const media = vhs && vhs.playlists.media();
    return media && (media.attributes['PATHWAY-ID'] || media.attributes.serviceLocation);
  };
  on('segmentloadstart', ({ metadata }) => {
    const { type, uri } = metadata.segmentInfo;
    if (open[uri]) return; // Its initialisation segment was announced under the same address.
    const kind = type === 'audio' ? type : type === 'vtt' ? 'text' : 'video';
    open[uri] = kind;
    reach.open(kind, () => {
      delete open[uri]; // VHS gives up without a word.
      return { kind, url: uri, pathway: pathwayOf() };
    });
  });
  on('error', () => {
    const error = player.error() as VideojsError | null;
    if (!error) return; // It was taken back.
    // Of several sources it takes the next, once everybody has heard that one failed.
    reach.settle(() => {
      const fault = toElementFault(error, player.error() === error);
      // What was aborted (1), not decoded (3) or encrypted (5) had come.
      const { errorType = fault.code, requestType }: Detail =
        error.metadata || (error.code % 2 ? {} : last);
      const code = requestType ? `${errorType} ${requestType}` : errorType;
      const status = (requestType && last.status) || fault.status;
      last = {}; // It is to blame for no other.
      reach.fail(Object.assign(fault, { code, status }));
    });
  });
  const respond: ResponseHook = reach.guard((request, error, response) => {
    const { uri } = request;
    const kind = kindOf(request.requestType) || open[uri] || 'video';
    if (kind === open[uri]) delete open[uri];
    const { statusCode: status, body } = response;
    // Without captions all else plays.
    if (kind !== 'text') last = status >= 400 || error ? request : {};
    reach.deliver({
      kind,
      status,
      asked: uri,
      url: request.responseURL || uri,
      failed: !!error,
      pathway: pathwayOf(),
      bytes: body && (body.byteLength || body.length),
    });
    // The hooks of a player keep VHS from calling those that the page has set for all players.
    const { xhr, options_ } = read() as Vhs; // It has called.
    const own = Array.from(xhr._responseCallbackSet || []);
    const shared = options_.externVhs.xhr._responseCallbackSet;
    if (shared && own[0] === respond && own.every((hook) => hook.retour))
      for (const hook of shared) hook(request, error, response); // At last: they may throw.
  });
  respond.retour = true;
  return respond;
}

/** By VHS' type of a request; of segments, their loader says more. */
function kindOf(requestType: string): Delivered['kind'] | false {
  if (/hls|dash-m/.test(requestType)) return 'manifest';
  if (/key$/.test(requestType)) return 'key';
  if (/init/.test(requestType)) return 'init';
  return requestType !== 'segment' && 'other';
}

interface Track {
  readonly enabled: boolean;
  readonly language: string;
}
