// Runs inside the page: plays the bench's asset through hls.js, with the SDKs that the address asks
// for. What it offers to the script is on `window.host`.
import { type Adapter, type Monitor, monitor } from '@retour/player-sdk';
import type { SignalFacts } from '@retour/player-sdk/contract';
import { hlsjs } from '@retour/player-sdk/hlsjs';
import Hls from 'hls.js';
import mux from 'mux-embed';
import {
  body,
  installStopwatch,
  type Stretch,
  stretches,
  watch,
  watchEmitter,
  watchSignal,
} from './stopwatch.ts';

type Port = Parameters<Adapter['attach']>[0];

export interface Host {
  readonly video: HTMLVideoElement;
  readonly hls: Hls;
  readonly stretches: readonly Stretch[];
  play(): Promise<void>;
  /** The last look at the playhead and the last segment, told again so many times; ms of each. */
  replay(times: number): Promise<number[]>;
  /** In the same rhythm, what all who send a look must do: a copy of it through JSON. */
  replayFloor(times: number): Promise<number[]>;
  /** So many views that fail at once. */
  replayViews(times: number): Promise<void>;
  /** In the same rhythm, what all who send a body must do: the last one written, packed and sent. */
  replayBodies(times: number): Promise<{ readonly characters: number }>;
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

/** Between the groups of a replay, and how many looks are in one: 25 to a segment, as in a play. */
const PAUSE_MS = 4;
const LOOKS = 25;

const asked = new URLSearchParams(location.search);
const collector = asked.get('collector') ?? '';
const video = document.createElement('video');
video.muted = true;
video.width = 960; // The picture's own size at its best.
document.body.append(video);
const hls = new Hls({ maxBufferLength: BUFFER_S, maxMaxBufferLength: BUFFER_S, startLevel: 0 });
let fail = () => {};
/** What the adapter said last. */
const seen: { sample?: SignalFacts['sample']; segment?: SignalFacts['segment'] } = {};
const FAILURE = {
  code: 'bench',
  message: 'reported by the bench',
  fatal: true,
  category: 'unknown',
} as const;
const OPTIONS = {
  key: 'bench',
  endpoint: `${collector}/retour`,
  asset: { id: 'asset-of-the-bench', title: 'The asset of the bench', streamType: 'vod' },
} as const;

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
  replay,
  replayFloor,
  replayViews,
  replayBodies,
  fail: () => watch(fail),
};

/** What is told, ready to be: making it is the player's affair, and not timed. */
type Telling = () => void;

interface Replayer {
  readonly tell: Port['emit'];
  look(): Telling;
  segment(): Telling;
  end(): void;
}

/** An adapter that does nothing else, on a view of its own; the playhead runs with the clock. */
function createReplayer(): Replayer {
  let port: Port | undefined;
  const attach = (given: Port) => {
    port = given;
    return () => {};
  };
  const view = watch(() =>
    monitor({ player: { name: 'replay', adapter: 'replay' }, attach }, OPTIONS),
  );
  const tell: Port['emit'] = (type, facts) => port?.emit(type, facts);
  const { sample, segment } = seen;
  if (sample === undefined || segment === undefined) throw new Error('Nothing was played before.');
  const from = performance.now();
  const running = { paused: false, seeking: false, ended: false };
  return {
    tell,
    look() {
      const facts = { ...sample, ...running, position: performance.now() - from };
      return () => tell('sample', facts);
    },
    segment: () => () => tell('segment', segment),
    end: () => view.destroy(),
  };
}

async function replay(times: number): Promise<number[]> {
  const replayer = createReplayer();
  replayer.tell('request', { by: 'play' });
  const took = await inRhythm(times, replayer);
  replayer.end();
  return took;
}

function replayFloor(times: number): Promise<number[]> {
  const copy = (facts: object | undefined) => () => {
    const value = { ...facts };
    return () => {
      JSON.parse(JSON.stringify(value));
    };
  };
  return inRhythm(times, { look: copy(seen.sample), segment: copy(seen.segment) });
}

/** The first of each group finds the processor's caches cold, as in a play. */
async function inRhythm(
  times: number,
  { look, segment }: Pick<Replayer, 'look' | 'segment'>,
): Promise<number[]> {
  const took: number[] = [];
  const timed = (act: Telling) => {
    const at = performance.now();
    act();
    took.push(performance.now() - at);
  };
  while (took.length < times) {
    await sleep(PAUSE_MS);
    for (let i = 0; i < LOOKS; i += 1) timed(look());
    timed(segment());
  }
  return took;
}

/** Views that begin, play and fail: a body at once for each. */
async function replayViews(times: number): Promise<void> {
  const { tell, look, segment, end } = createReplayer();
  for (let i = 0; i < times; i += 1) {
    watch(() => tell('request', { by: 'play' }));
    for (let looks = 0; looks < LOOKS; looks += 1) {
      await sleep(PAUSE_MS);
      look()();
    }
    segment()();
    watch(() => tell('error', FAILURE));
    await sleep(PAUSE_MS);
  }
  end();
}

async function replayBodies(times: number): Promise<{ readonly characters: number }> {
  const value = structuredClone(body.value);
  for (let i = 0; i < times; i += 1) {
    for (let looks = 0; looks <= LOOKS; looks += 1) await sleep(PAUSE_MS);
    watch(() => send(value));
  }
  await sleep(PAUSE_MS);
  return { characters: JSON.stringify(value).length };
}

function send(value: unknown): void {
  const text = JSON.stringify(value);
  const packer = new CompressionStream('gzip');
  const writer = packer.writable.getWriter();
  void writer.write(new TextEncoder().encode(text));
  void writer.close();
  new Response(packer.readable)
    .arrayBuffer()
    .then((packed) => fetch(`${collector}/floor`, { method: 'POST', body: packed }));
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function startRetour(): Monitor {
  return monitor(watched(hlsjs(hls, video)), OPTIONS);
}

/** The adapter itself, with its signals timed on their way. */
function watched(adapter: Adapter): Adapter {
  return {
    player: adapter.player,
    attach(port) {
      const emit: typeof port.emit = (type, facts) => {
        if (type === 'sample' || type === 'segment') Object.assign(seen, { [type]: facts });
        watchSignal(() => port.emit(type, facts));
      };
      fail = () => emit('error', FAILURE);
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
