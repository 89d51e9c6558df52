// The adapter of hls.js 1.5 … 1.7: what is displayed, delivered and refused, from hls.js' own events;
// the playhead from its element. It changes no setting of hls.js and imports none of its code.
import type Hls from 'hls.js';
import type {
  AudioTrackSwitchedData,
  ErrorData,
  FragLoadEmergencyAbortedData,
  FragLoadedData,
  KeyLoadedData,
  LevelLoadedData,
  LevelSwitchedData,
  ManifestLoadedData,
  ManifestLoadingData,
  ManifestParsedData,
  MediaAttachingData,
  TrackLoadedData,
} from 'hls.js';
import type { Rendition } from '../contract/event.ts';
import type { Adapter, Port } from './adapter.ts';
import {
  type Delivered,
  isFailedRequest,
  kindOfFragment,
  toFailedSegment,
  toSegment,
} from './hlsjsDelivery.ts';
import { isQuiet, toErrorFacts } from './hlsjsError.ts';
import { createScope, type Scope } from './scope.ts';
import { type Watch, watchElement } from './watchElement.ts';

/** The events that are heard, by hls.js' own names. */
interface Heard {
  hlsManifestLoading: ManifestLoadingData;
  hlsManifestLoaded: ManifestLoadedData;
  hlsManifestParsed: ManifestParsedData;
  hlsLevelLoaded: LevelLoadedData;
  hlsAudioTrackLoaded: TrackLoadedData;
  hlsSubtitleTrackLoaded: TrackLoadedData;
  hlsFragLoaded: FragLoadedData;
  hlsFragLoadEmergencyAborted: FragLoadEmergencyAbortedData;
  hlsKeyLoaded: KeyLoadedData;
  hlsLevelSwitched: LevelSwitchedData;
  hlsAudioTrackSwitched: AudioTrackSwitchedData;
  hlsError: ErrorData;
  hlsMediaAttaching: MediaAttachingData;
  hlsMediaDetaching: unknown;
  hlsDestroying: unknown;
}

/**
 * hls.js, before or after its media is attached: `monitor(hlsjs(hls), …)`. Give the element too
 * where play() may be called on it before attachMedia().
 */
export function hlsjs(hls: Hls, element?: HTMLMediaElement): Adapter {
  // The running version is a static of the class; only the instance is at hand.
  const version = (hls.constructor as { version?: unknown }).version;
  return {
    player: {
      name: 'hls.js',
      adapter: 'hlsjs',
      ...(typeof version === 'string' && { version }),
    },
    attach(port) {
      const scope = createScope(port.failed);
      scope.guard(() => attach(hls, element ?? hls.media, { port, scope }))();
      return scope.close;
    },
  };
}

interface Reach {
  readonly port: Port;
  readonly scope: Scope;
}

function attach(hls: Hls, element: HTMLMediaElement | null, { port, scope }: Reach): void {
  const on = <E extends keyof Heard>(event: E, act: (data: Heard[E]) => void) => {
    const listener = scope.guard((_: unknown, data: Heard[E]) => act(data));
    // hls.js types its events by an enum, which only its code could name.
    hls.on(event as never, listener as never);
    scope.own(() => hls.off(event as never, listener as never)); // Same reason.
  };
  followMedia(hls, element, { on, port, scope });
  followRendition(hls, { on, port });
  followDelivery(hls, { on, port });
  on('hlsDestroying', () => port.emit('detach', { reason: 'left' }));
}

type On = <E extends keyof Heard>(event: E, act: (data: Heard[E]) => void) => void;

/** The element, the source, the errors and the seeks that hls.js makes itself. */
function followMedia(
  hls: Hls,
  element: HTMLMediaElement | null,
  { on, port, scope }: Reach & { on: On },
): void {
  const createdAt = port.now();
  let loaded = hls.url !== null && hls.url !== undefined;
  let ready = hls.levels.length > 0;
  let jumpedAt = Number.NEGATIVE_INFINITY;
  let media = element;
  let elementScope: Scope | undefined;
  let watch: Watch | undefined;

  const follow = (next: HTMLMediaElement) => {
    elementScope?.close();
    media = next;
    elementScope = createScope(port.failed);
    watch = watchElement(next, {
      port,
      scope: elementScope,
      hooks: {
        isPlayersSeek: (from, to) =>
          port.now() - jumpedAt < JUMP_MS || isLiveEdgeJump(hls, from, to),
        programTime: () => hls.playingDate?.getTime(),
        isFatal: () => hls.media === null, // Attached, hls.js recovers or tells its own error.
      },
    });
  };
  scope.own(() => elementScope?.close());
  if (media) follow(media);

  on('hlsMediaAttaching', ({ media: next }) => {
    if (next !== media) follow(next);
  });
  on('hlsManifestLoading', () => {
    if (loaded) {
      watch?.reset();
      port.emit('source', {});
    }
    loaded = true;
  });
  on('hlsManifestParsed', () => {
    if (!ready) port.emit('ready', { sinceCreatedMs: Math.round(port.now() - createdAt) });
    ready = true;
  });
  on('hlsError', (data) => {
    if (data.details === 'bufferSeekOverHole' || data.details === 'bufferNudgeOnStall') {
      jumpedAt = port.now(); // Told in the same task in which it sets currentTime.
    } else if (data.details === 'bufferStalledError' && !data.fatal) {
      port.emit('waiting', {});
    }
    if (data.fatal || !isQuiet(data.details)) port.emit('error', toErrorFacts(data));
  });
}

/** The `seeking` event follows within a task or two, ms. */
const JUMP_MS = 250;
/** hls.js aims at liveSyncPosition; what it hits may be a frame away, s. */
const AIM_S = 0.5;

/** hls.js jumps to the live edge when the playhead fell out of the window or too far behind. */
function isLiveEdgeJump(hls: Hls, fromS: number, toS: number): boolean {
  const details = hls.latestLevelDetails;
  const aim = hls.liveSyncPosition;
  if (!details?.live || aim === null || Math.abs(toS - aim) > AIM_S) return false;
  return fromS < details.fragmentStart || fromS < details.edge - hls.maxLatency;
}

/** What is on the screen: LEVEL_SWITCHED comes when the first frame of the level is displayed. */
function followRendition(hls: Hls, { on, port }: { on: On; port: Port }): void {
  let shown = -1;
  const tell = () => {
    const level = hls.levels[shown];
    if (level === undefined) return;
    const language = hls.audioTracks[hls.audioTrack]?.lang;
    const { width, height, frameRate, videoCodec, videoRange } = level;
    // Declared: the average where there is one, for what is played, not what may be needed.
    const bitrate = level.attrs.decimalInteger('AVERAGE-BANDWIDTH') || level.bitrate;
    port.emit('rendition', {
      ...(bitrate > 0 && { bitrate }),
      ...(width > 0 && { width }),
      ...(height > 0 && { height }),
      ...(frameRate > 0 && { frameRate }),
      ...(videoCodec && { codec: videoCodec }),
      ...(videoRange && videoRange !== 'SDR' && { hdr: videoRange }),
      ...(language && { audioLanguage: language }),
    } satisfies Rendition);
  };
  on('hlsLevelSwitched', ({ level }) => {
    shown = level;
    tell();
  });
  on('hlsAudioTrackSwitched', tell);
  on('hlsManifestLoading', () => {
    shown = -1;
  });
  if (hls.currentLevel >= 0) {
    shown = hls.currentLevel; // Attached in mid-play.
    tell();
  }
}

/** Every request of hls.js that ended, well or not, and where the picture comes from. */
function followDelivery(hls: Hls, { on, port }: { on: On; port: Port }): void {
  let host: string | undefined;
  let pathway: string | undefined;
  const tell = (delivered: Delivered) => {
    const segment = toSegment(delivered);
    if (segment.kind === 'video' && (segment.host !== host || segment.pathway !== pathway)) {
      ({ host, pathway } = segment);
      port.emit('pathway', {
        ...(host !== undefined && { host }),
        ...(pathway !== undefined && { pathway }),
      });
    }
    port.emit('segment', segment);
  };
  const pathwayOf = (level: number) => {
    const id = hls.levels[level]?.pathwayId;
    return id === undefined || id === '.' ? undefined : id; // '.' is hls.js' word for none.
  };
  on('hlsManifestLoaded', ({ url, stats }) => tell({ kind: 'manifest', url, stats }));
  on('hlsLevelLoaded', ({ details, stats, level }) =>
    tell({ kind: 'manifest', url: details.url, stats, pathway: pathwayOf(level) }),
  );
  on('hlsAudioTrackLoaded', ({ details, stats }) =>
    tell({ kind: 'manifest', url: details.url, stats }),
  );
  on('hlsSubtitleTrackLoaded', ({ details, stats }) =>
    tell({ kind: 'manifest', url: details.url, stats }),
  );
  const initTold = new WeakSet<object>();
  on('hlsFragLoaded', ({ frag, part, networkDetails }) => {
    const init = frag.initSegment;
    if (init?.hasStats && !initTold.has(init.stats)) {
      initTold.add(init.stats); // hls.js has no event of its own for it.
      tell({ kind: 'init', url: init.url, stats: init.stats, pathway: pathwayOf(frag.level) });
    }
    tell({
      kind: kindOfFragment(frag),
      url: finalUrlOf(networkDetails) || (part ?? frag).url,
      stats: (part ?? frag).stats,
      pathway: pathwayOf(frag.level),
    });
  });
  on('hlsFragLoadEmergencyAborted', ({ frag, part, stats }) =>
    tell({ kind: kindOfFragment(frag), url: (part ?? frag).url, stats, aborted: true }),
  );
  on('hlsKeyLoaded', ({ keyInfo, frag }) => {
    const stats = keyInfo.loader?.stats;
    if (stats) tell({ kind: 'key', url: keyInfo.decryptdata.uri || frag.url, stats });
  });
  on('hlsError', (data) => {
    if (isFailedRequest(data)) port.emit('segment', toFailedSegment(data));
  });
}

function finalUrlOf(details: FragLoadedData['networkDetails']): string {
  if (details === null) return '';
  return 'responseURL' in details ? details.responseURL : details.url;
}
