// The adapter of hls.js 1.5 … 1.7: what is displayed, delivered and refused, from hls.js' own events;
// the playhead from its element. It changes no setting of hls.js and imports none of its code.
import type Hls from 'hls.js';
import type {
  ErrorData,
  FragLoadedData,
  FragLoadingData,
  Fragment,
  KeyLoadedData,
  LevelLoadedData,
  LevelSwitchedData,
  LoaderStats,
  ManifestLoadedData,
  ManifestLoadingData,
  MediaAttachingData,
  Part,
  TrackLoadedData,
} from 'hls.js';
import type { Adapter } from './adapter.ts';
import { createAdapter, type Reach } from './createAdapter.ts';
import type { Delivered } from './delivery.ts';
import type { ErrorTable } from './errors.ts';

/** The events that are heard, by hls.js' own names. */
interface Heard {
  hlsManifestLoading: ManifestLoadingData;
  hlsManifestLoaded: ManifestLoadedData;
  hlsLevelLoaded: LevelLoadedData;
  hlsAudioTrackLoaded: TrackLoadedData;
  hlsSubtitleTrackLoaded: TrackLoadedData;
  hlsFragLoading: FragLoadingData;
  hlsFragLoaded: FragLoadedData;
  hlsKeyLoaded: KeyLoadedData;
  hlsLevelSwitched: LevelSwitchedData;
  hlsAudioTrackSwitched: unknown;
  hlsError: ErrorData;
  hlsMediaAttaching: MediaAttachingData;
  hlsDestroying: unknown;
}

/** By `details`. */
export const HLSJS_ERRORS: ErrorTable = [
  [/^key/, 'drm'],
  [/^(manifest|level|audioTrack|subtitle|playlist|assetList)/, 'manifest'],
  [/^(frag(?!Parsing|Decrypt|Gap)|interstitial)/, 'network'],
  [/^(frag|buffer|remux|attach)/, 'media'],
];

/** Not faults: the meter sees stalls by the playhead, and hls.js mends holes by itself. */
const QUIET = /^(bufferStalledError|bufferSeekOverHole|bufferNudgeOnStall|aborted|fragGap)$/;
const FAILED_REQUEST = /^(?!internal).*(Load(Error|TimeOut)|RequestFailed)$/;

/**
 * hls.js, before or after its media is attached: `monitor(hlsjs(hls), …)`. Give the element too
 * where play() may be called on it before attachMedia().
 */
export function hlsjs(hls: Hls, element?: HTMLMediaElement): Adapter {
  // The running version is a static of the class; only the instance is at hand.
  const { version } = hls.constructor as typeof Hls;
  return createAdapter({
    player: { name: 'hls.js', version, adapter: 'hlsjs' },
    errors: HLSJS_ERRORS,
    start: (reach) => start(hls, element, reach),
  });
}

function start(hls: Hls, element: HTMLMediaElement | undefined, reach: Reach) {
  const { port, deliver } = reach;
  const on = reach.hear<Heard>(hls);
  const initTold = new WeakSet<object>();
  let shown = hls.currentLevel;

  const tellRendition = () => {
    const level = hls.levels[shown];
    if (!level) return;
    const audio = hls.audioTracks[hls.audioTrack];
    reach.rendition({
      // Declared: the average where there is one, for what is played, not what may be needed.
      bitrate: level.attrs.decimalInteger('AVERAGE-BANDWIDTH') || level.bitrate,
      width: level.width,
      height: level.height,
      frameRate: level.frameRate,
      codec: level.videoCodec,
      hdr: level.videoRange,
      audioBitrate: audio?.bitrate,
      audioLanguage: audio?.lang,
    });
  };
  const tellPlaylist = (url: string, stats: LoaderStats, level?: number) => {
    // hls.js tries again by itself; each try was a request.
    for (let i = 0; i < stats.retry; i += 1) deliver({ kind: 'manifest', url, failed: true });
    deliver({ kind: 'manifest', url, pathway: pathwayOf(level), ...timesOf(stats) });
  };
  const pathwayOf = (level = -1) => {
    const id = hls.levels[level]?.pathwayId;
    return id === '.' ? undefined : id; // hls.js' word for none.
  };
  const toDelivered = (frag: Fragment, part?: Part | null): Delivered => ({
    kind: kindOf(frag),
    url: (part ?? frag).url,
    pathway: pathwayOf(frag.level),
    ...timesOf((part ?? frag).stats),
  });

  reach.source(hls.url);
  reach.follow(element ?? hls.media);
  tellRendition();

  on('hlsMediaAttaching', ({ media }) => reach.follow(media));
  on('hlsManifestLoading', ({ url }) => {
    shown = -1;
    reach.source(url);
  });
  // What is on the screen: it comes when the first frame of the level is displayed.
  on('hlsLevelSwitched', ({ level }) => {
    shown = level;
    tellRendition();
  });
  on('hlsAudioTrackSwitched', tellRendition);
  on('hlsManifestLoaded', ({ url, stats }) => tellPlaylist(url, stats));
  on('hlsLevelLoaded', ({ details, stats, level }) => tellPlaylist(details.url, stats, level));
  on('hlsAudioTrackLoaded', ({ details, stats }) => tellPlaylist(details.url, stats));
  on('hlsSubtitleTrackLoaded', ({ details, stats }) => tellPlaylist(details.url, stats));
  // What hls.js gives up, it leaves without a word; it shows when it asks for the next of the kind.
  on('hlsFragLoading', ({ frag, part }) => {
    if (frag.sn === 'initSegment') return;
    const hasLeft = () => (part ?? frag).stats.loading.start > 0; // It may wait for a key in vain.
    reach.open(kindOf(frag), () => (hasLeft() ? toDelivered(frag, part) : undefined));
  });
  on('hlsFragLoaded', ({ frag, part, networkDetails }) => {
    const init = frag.initSegment;
    if (init?.hasStats && !initTold.has(init.stats)) {
      initTold.add(init.stats); // hls.js has no event of its own for its end.
      deliver(toDelivered(init));
    }
    const url = finalUrlOf(networkDetails);
    deliver({ ...toDelivered(frag, part), ...(url && { url }) });
  });
  on('hlsKeyLoaded', ({ keyInfo, frag }) => {
    const stats = keyInfo.loader?.stats;
    if (stats)
      deliver({ kind: 'key', url: keyInfo.decryptdata.uri || frag.url, ...timesOf(stats) });
    const system = keyInfo.decryptdata.keyFormat;
    if (system && system !== 'identity') reach.port.describe({ drm: system });
  });
  on('hlsError', (data) => {
    const { details, fatal, frag, error, response } = data;
    const status = response?.code;
    if (details === 'bufferStalledError' && !fatal) port.emit('waiting', {});
    if (fatal || !QUIET.test(details)) {
      reach.fail({ code: details, fatal, message: data.reason ?? error?.message, status });
    }
    if (!FAILED_REQUEST.test(details)) return;
    const isKey = /^key/.test(details);
    deliver({
      kind: isKey ? 'key' : /^frag/.test(details) ? kindOf(frag) : 'manifest',
      url: frag?.url ?? data.url ?? data.context?.url ?? response?.url,
      bytes: (data.stats ?? frag?.stats)?.loaded,
      status,
      failed: true,
    });
  });
  on('hlsDestroying', () => port.emit('detach', { reason: 'left' }));
  return {
    isPlayersSeek: (fromS: number, toS: number) => isLiveEdgeJump(hls, fromS, toS),
    programTime: () => hls.playingDate?.getTime(),
  };
}

/** hls.js aims at liveSyncPosition; what it hits may be a frame away, s. */
const AIM_S = 0.5;

/** hls.js jumps to the live edge when the playhead fell out of the window or too far behind. */
function isLiveEdgeJump(hls: Hls, fromS: number, toS: number): boolean {
  const details = hls.latestLevelDetails;
  const aim = hls.liveSyncPosition;
  if (!details?.live || aim === null || Math.abs(toS - aim) > AIM_S) return false;
  return fromS < details.fragmentStart || fromS < details.edge - hls.maxLatency;
}

function timesOf({
  loaded,
  loading,
}: LoaderStats): Pick<Delivered, 'bytes' | 'start' | 'first' | 'end'> {
  return { bytes: loaded, start: loading.start, first: loading.first, end: loading.end };
}

function kindOf(frag: Fragment | undefined): Delivered['kind'] {
  if (frag?.sn === 'initSegment') return 'init';
  return frag?.type === 'audio' ? 'audio' : frag?.type === 'subtitle' ? 'text' : 'video';
}

function finalUrlOf(details: FragLoadedData['networkDetails']): string {
  if (details === null) return '';
  return 'responseURL' in details ? details.responseURL : details.url;
}
