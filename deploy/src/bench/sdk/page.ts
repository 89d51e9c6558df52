// Runs inside the page: plays the bench's asset through hls.js, with the SDKs that the address asks
// for. What it offers to the script is on `window.host`.
import { type Adapter, type Monitor, monitor } from '@retour/player-sdk';
import { hlsjs } from '@retour/player-sdk/hlsjs';
import Hls from 'hls.js';
import mux from 'mux-embed';
import {
  installStopwatch,
  type Stretch,
  stretches,
  watch,
  watchEmitter,
  watchSignal,
} from './stopwatch.ts';

export interface Host {
  readonly video: HTMLVideoElement;
  readonly hls: Hls;
  readonly stretches: readonly Stretch[];
  play(): Promise<void>;
  /** Ends the view at once; the next play() begins another: three bodies that do not wait. */
  fail(): void;
}

declare global {
  interface Window {
    host: Host;
  }
}

/** The least that hls.js may keep, so that a held origin is felt soon, s. */
const BUFFER_S = 8;
/** No name of the net: what goes there is led to the collector. */
const MUX = 'mux.invalid';

const asked = new URLSearchParams(location.search);
const collector = asked.get('collector') ?? '';
const video = document.createElement('video');
video.muted = true;
video.width = 640;
document.body.append(video);
const hls = new Hls({ maxBufferLength: BUFFER_S, maxMaxBufferLength: BUFFER_S, startLevel: 0 });
let fail = () => {};

if (asked.has('timed')) {
  installStopwatch(collector);
  watchEmitter(hls);
}
if (asked.has('mux')) startMux();
if (asked.has('retour')) watch(startRetour);

window.host = {
  video,
  hls,
  stretches,
  play() {
    hls.loadSource('/media/long/master.m3u8');
    hls.attachMedia(video);
    return video.play();
  },
  fail: () => watch(fail),
};

function startRetour(): Monitor {
  return monitor(watched(hlsjs(hls, video)), {
    key: 'bench',
    endpoint: `${collector}/retour`,
    asset: { id: 'asset-of-the-bench', title: 'The asset of the bench', streamType: 'vod' },
    privacy: 'exempt',
  });
}

/** The adapter itself, with its signals timed on their way. */
function watched(adapter: Adapter): Adapter {
  return {
    player: adapter.player,
    attach(port) {
      const emit: typeof port.emit = (type, facts) => {
        watchSignal(() => port.emit(type, facts));
      };
      fail = () =>
        emit('error', {
          code: 'bench',
          message: 'reported by the bench',
          fatal: true,
          category: 'unknown',
        });
      return adapter.attach({ ...port, emit });
    },
  };
}

/** Configured as its documentation says for hls.js; its bodies are led to our own collector. */
function startMux(): void {
  const lead = (url: string) => (url.includes(MUX) ? `${collector}/mux` : url);
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (
    this: XMLHttpRequest,
    method: string,
    url: string | URL,
  ) {
    Reflect.apply(open, this, [method, lead(String(url)), true]);
  };
  const { fetch } = window;
  window.fetch = (input, init) => fetch(typeof input === 'string' ? lead(input) : input, init);
  const send = navigator.sendBeacon.bind(navigator);
  navigator.sendBeacon = (url, body) => send(lead(String(url)), body);
  mux.monitor(video, {
    debug: false,
    hlsjs: hls,
    Hls,
    beaconCollectionDomain: MUX,
    data: {
      env_key: 'bench',
      player_name: 'bench',
      player_init_time: Date.now(),
      video_id: 'asset-of-the-bench',
      video_title: 'The asset of the bench',
      video_stream_type: 'on-demand',
    },
  });
}
