// The adapter of hls.js 1.6 and 1.7: what is displayed, delivered and refused, from hls.js' own events;
// the playhead from its element. It changes no setting of hls.js and imports none of its code.
import type Hls from 'hls.js';
import type {
  ErrorData,
  FragLoadedData,
  FragLoadingData,
  Fragment,
  KeyLoadedData,
  KeyLoadingData,
  LevelLoadedData,
  LevelSwitchedData,
  LoaderStats,
  ManifestLoadedData,
  ManifestLoadingData,
  MediaAttachingData,
  MediaDetachingData,
  MediaPlaylist,
  Part,
  TrackLoadedData,
} from 'hls.js';
import type { Adapter } from './adapter.ts';
import { createAdapter, type Reach } from './createAdapter.ts';
import type { Delivered } from './delivery.ts';
import type { ErrorTable } from './errors.ts';
import type { Hooks } from './watchElement.ts';

/** The events that are heard, by hls.js' own names. */
interface Heard {
  hlsManifestLoading: ManifestLoadingData;
  hlsManifestLoaded: ManifestLoadedData;
  hlsLevelLoaded: LevelLoadedData;
  hlsAudioTrackLoaded: TrackLoadedData;
  hlsSubtitleTrackLoaded: TrackLoadedData;
  hlsFragLoading: FragLoadingData;
  hlsFragLoaded: FragLoadedData;
  hlsKeyLoading: KeyLoadingData;
  hlsKeyLoaded: KeyLoadedData;
  hlsLevelSwitched: LevelSwitchedData;
  hlsAudioTrackSwitched: unknown;
  hlsError: ErrorData;
  hlsMediaAttaching: MediaAttachingData;
  hlsMediaDetaching: MediaDetachingData;
  hlsDestroying: unknown;
}

/** By `details`. */
export const HLSJS_ERRORS: ErrorTable = [
  [/^key|Decrypt/, 'drm'],
  [/^(manifest|level|audioTrack|subtitle|playlist|assetList)/, 'manifest'],
  [/^(frag(?!Parsing|Gap)|interstitial)/, 'network'],
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
  return createAdapter({
    player: {
      name: 'hls.js',
      // A static of the class; only the instance is at hand.
      get version() {
        return (hls.constructor as typeof Hls).version;
      },
      adapter: 'hlsjs',
    },
    errors: HLSJS_ERRORS,
    start: (reach) => start(hls, element, reach),
  });
}

function start(hls: Hls, element: HTMLMediaElement | undefined, reach: Reach): Hooks {
  const { port, deliver } = reach;
  const on = reach.hear<Heard>(hls);
  const initTold = new WeakSet<object>();
  /** Keys on their way, by address: one a playlist, since what was given up is told at the next. */
  const keys = new Map<string, LoaderStats>();
  let shown = hls.currentLevel;

  const tellRendition = () => {
    const level = hls.levels[shown];
    if (!level) return;
    const audio = hls.audioTracks[hls.audioTrack] as Partial<MediaPlaylist> | undefined; // None known.
    const { bitrate, lang } = audio || {};
    reach.rendition({
      // Declared: the average where there is one, for what is played, not what may be needed.
      bitrate: level.attrs.decimalInteger('AVERAGE-BANDWIDTH') || level.bitrate,
      width: level.width,
      height: level.height,
      frameRate: level.frameRate,
      codec: level.videoCodec,
      hdr: level.videoRange,
      audioBitrate: bitrate,
      audioLanguage: lang,
    });
  };
  const tell = (request: Tellable, stats: LoaderStats | undefined, failed?: boolean) => {
    const { loaded, loading } = stats || NO_STATS;
    const { start, first, end } = loading;
    const level = hls.levels[request.level as number]; // None at undefined.
    const pathway = level && level.pathwayId !== '.' ? level.pathwayId : ''; // '.' is hls.js' none.
    return Object.assign({ pathway, bytes: loaded, start, first, end, failed }, request);
  };
  const toDelivered = (frag: Fragment, part?: Part | null, url?: string) => {
    const { stats, url: asked } = part || frag;
    return tell({ kind: kindOf(frag), url: url || asked, asked, level: frag.level }, stats);
  };
  const tellTries = (request: Tellable, stats: LoaderStats | undefined, failed?: boolean) => {
    // hls.js tries again by itself; each try was a request.
    for (let i = 0; stats && i < stats.retry; i += 1) deliver(tell(request, undefined, true));
    deliver(tell(request, stats, failed));
  };
  const tellKey = (url: string, status?: number, failed?: boolean) => {
    const stats = keys.get(url);
    keys.delete(url);
    if (stats) tellTries({ kind: 'key', url, status }, stats, failed);
  };
  const tellPlaylist = (url: string, stats: LoaderStats, level?: number) =>
    tellTries({ kind: 'manifest', url, level }, stats);
  const tellTrack = ({ details, stats }: TrackLoadedData) => tellPlaylist(details.url, stats);

  reach.source(hls.url);
  reach.follow(element || hls.media);
  tellRendition();

  on('hlsMediaAttaching', ({ media }) => reach.follow(media));
  on('hlsMediaDetaching', ({ transferMedia }) => {
    // Interstitials take it for a while; whoever mends an error attaches it again at once.
    if (!transferMedia) reach.after(0, () => hls.media || reach.follow(null));
  });
  on('hlsManifestLoading', (load) => {
    shown = -1;
    reach.source(load); // The same URL once more is another source, too.
  });
  // What is on the screen: it comes when the first frame of the level is displayed.
  on('hlsLevelSwitched', ({ level }) => {
    shown = level;
    tellRendition();
  });
  on('hlsAudioTrackSwitched', tellRendition);
  on('hlsManifestLoaded', ({ url, stats }) => tellPlaylist(url, stats));
  on('hlsLevelLoaded', ({ details, stats, level, withoutMultiVariant }) => {
    if (!withoutMultiVariant) tellPlaylist(details.url, stats, level); // Else it is the manifest itself.
  });
  on('hlsAudioTrackLoaded', tellTrack);
  on('hlsSubtitleTrackLoaded', tellTrack);
  // What hls.js gives up, it leaves without a word; it shows when it asks for the next of the kind.
  on('hlsFragLoading', ({ frag, part }) => {
    if (frag.sn === 'initSegment') return;
    reach.open(kindOf(frag), () => {
      const given = toDelivered(frag, part);
      return given.start > 0 ? given : undefined; // It may have waited for a key in vain.
    });
  });
  on('hlsFragLoaded', ({ frag, part, networkDetails }) => {
    const init = frag.initSegment;
    if (init && init.hasStats && !initTold.has(init.stats)) {
      initTold.add(init.stats); // hls.js has no event of its own for its end.
      deliver(toDelivered(init));
    }
    deliver(toDelivered(frag, part, finalUrlOf(networkDetails)));
  });
  on('hlsKeyLoading', ({ frag }) => {
    keys.forEach((stats, url) => {
      if (stats.aborted || stats.loading.end) tellKey(url);
    });
    // No loader is left once the key is there; where both need the same key, one of them asks for it.
    for (const asking of [frag.initSegment || frag, frag]) {
      const { keyLoader } = asking;
      if (keyLoader) keys.set(String(asking.decryptdata?.uri), keyLoader.stats);
    }
  });
  on('hlsKeyLoaded', ({ keyInfo }) => {
    const { keyFormat, uri } = keyInfo.decryptdata;
    tellKey(uri);
    reach.drm(keyFormat !== 'identity' && (KEY_SYSTEMS[keyFormat] || keyFormat));
  });
  on('hlsError', (data) => {
    const { details, fatal, frag, error, reason } = data;
    const response = data.response || { code: 0, url: '' };
    const status = response.code;
    if (details === 'bufferStalledError' && !fatal) port.emit('waiting', {});
    if (fatal || !QUIET.test(details)) {
      reach.fail({ code: details, fatal, message: reason || (error && error.message), status });
    }
    if (!FAILED_REQUEST.test(details)) return;
    if (/^key/.test(details)) {
      const key = frag && frag.decryptdata; // The fragment itself only waits for it.
      const url = response.url || (key ? key.uri : '');
      if (/^keyLoad/.test(details)) tellKey(url, status, true);
      else deliver(tell({ kind: 'key', url, status }, data.stats, true));
      return;
    }
    if (frag && /^frag/.test(details)) {
      const { initSegment } = frag; // Its failure is told of the segment that it is for.
      const failed = initSegment && data.stats === initSegment.stats ? initSegment : frag;
      const { url } = data.part || failed;
      deliver(tell({ kind: kindOf(failed), url, status }, data.stats || frag.stats, true));
      return;
    }
    // Of these it is told.
    const { url } = frag || (data.url ? data : data.context || response);
    tellTries({ kind: 'manifest', url, status }, data.stats, true);
  });
  on('hlsDestroying', reach.left);
  return {
    isPlayersSeek: (fromS, toS) => isLiveEdgeJump(hls, fromS, toS),
    isLive: () => hls.latestLevelDetails?.live, // The element has the end of the playlist by now.
    programTime: () => Number(hls.playingDate || Number.NaN),
  };
}

/** What is known of a request beside its statistics. */
type Tellable = Pick<Delivered, 'kind' | 'url' | 'asked' | 'status'> & {
  readonly level?: number | undefined;
};

/** By KEYFORMAT, where a browser names its key system otherwise. */
const KEY_SYSTEMS: Readonly<Record<string, string>> = {
  'urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed': 'com.widevine.alpha',
  'com.apple.streamingkeydelivery': 'com.apple.fps',
};

const NO_STATS = { loaded: 0, loading: { start: 0, first: 0, end: 0 } };

/** hls.js aims at liveSyncPosition; what it hits may be a frame away, s. */
const AIM_S = 0.5;

/** hls.js jumps to the live edge when the playhead fell out of the window or too far behind. */
function isLiveEdgeJump(hls: Hls, fromS: number, toS: number): boolean {
  const details = hls.latestLevelDetails;
  const aim = hls.liveSyncPosition;
  if (!details?.live || aim === null || Math.abs(toS - aim) > AIM_S) return false;
  return fromS < details.fragmentStart || fromS < details.edge - hls.maxLatency;
}

function kindOf({ type, sn }: Fragment): Delivered['kind'] {
  if (sn === 'initSegment') return 'init';
  return type === 'audio' ? type : type === 'subtitle' ? 'text' : 'video';
}

/** After redirects. */
function finalUrlOf(details: FragLoadedData['networkDetails']): string {
  return details ? ('url' in details ? details.url : details.responseURL) : '';
}
