// The requests of `bench collector`: heartbeats as the SDK sends them, one slice, the summary and the
// context, 1.2 kB each, of many views on a handful of devices.
import {
  type Beacon,
  CONTRACT_VERSION,
  DELIVERY_POSITIONS,
  decodeRow,
  decodeSlice,
  decodeSummary,
  encodeBeacon,
  encodeDelivery,
  type Slice,
  type Summary,
} from '@retour/player-sdk/contract';

export const BENCH_KEY = 'bench-key';

/** Whole HTTP requests with this send time: good for the 30 s that the contract allows. */
export function createHeartbeats(count: number, now: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => createHeartbeatRequest(index, now));
}

/** One whole HTTP request. */
export function createHeartbeatRequest(index: number, now: number): Uint8Array {
  const body = Buffer.from(JSON.stringify(encodeBeacon(createHeartbeat(index, now))));
  const head = [
    `POST /r/${BENCH_KEY}?v=${CONTRACT_VERSION}&s=${now} HTTP/1.1`,
    'host: 127.0.0.1',
    'connection: keep-alive',
    'content-type: text/plain;charset=UTF-8',
    `user-agent: ${USER_AGENTS[index % USER_AGENTS.length]}`,
    'origin: https://www.example.org',
    'referer: https://www.example.org/',
    'accept: */*',
    'accept-language: en-GB,en;q=0.9',
    'accept-encoding: gzip, deflate, br, zstd',
    'sec-fetch-site: cross-site',
    'sec-fetch-mode: cors',
    'sec-fetch-dest: empty',
    `content-length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

export function createHeartbeat(index: number, now: number): Beacon {
  const start = Math.floor(now / 10_000) * 10_000 - 10_000;
  const view = `0196f3a0-${(index & 0xffff).toString(16).padStart(4, '0')}-7c3d-9a1b-5e2f80c4d6a7`;
  const rev = 3 + (index % 5);
  return {
    v: CONTRACT_VERSION,
    sdk: { name: 'retour', version: '0.1.0' },
    view,
    ctx: {
      rev: 1,
      asset: {
        id: `episode-${index % 40}`,
        title: 'The long way home, part two',
        series: { id: 'long-way', title: 'The long way home' },
        durationMs: 2_580_000,
        streamType: 'vod',
      },
      player: { name: 'hls.js', version: '1.7.4', adapter: 'hlsjs' },
      privacy: 'exempt',
      weight: 1,
      page: { origin: 'https://www.example.org', path: '/watch/the-long-way-home/2' },
      device: {
        platform: 'Windows',
        mobile: false,
        brands: 'Chromium 141',
        screenWidth: 1920,
        screenHeight: 1080,
        pixelRatio: 1,
        language: 'en-GB',
      },
      connection: { effectiveType: '4g', downlinkKbps: 10_000, rttMs: 50 },
      experiments: { startup: 'b' },
      custom: { plan: 'family', section: 'drama' },
    },
    slices: [createSlice(rev, start)],
    events: [],
    summary: createSummary(rev, start),
  };
}

function createSlice(rev: number, start: number): Slice {
  return {
    ...decodeSlice([]),
    k: rev + 10,
    start,
    ctx: 1,
    durationMs: 10_000,
    playingMs: 10_000,
    mediaMs: 10_000,
    bits: 48_000_000,
    ratedMediaMs: 10_000,
    renditions: [[4_800_000, 1920, 1080, 10_000]],
    framesRendered: 250,
    framesDropped: 1,
    host: 'cdn-a.example.net',
    pathway: 'cdn-a',
    deliveries: [encodeDelivery(DELIVERY)],
    requests: 4,
    bytes: 6_100_000,
    bufferMsMs: 285_000_000,
    bufferMs: 10_000,
    bufferMin: 26_000,
    bufferMax: 30_400,
    scaleMs: 10_000,
    ranges: [[rev * 10_000, rev * 10_000 + 10_000]],
    endState: 2,
    endPosition: rev * 10_000 + 10_000,
  };
}

const DELIVERY = {
  ...decodeRow(DELIVERY_POSITIONS, []),
  host: 'cdn-a.example.net',
  pathway: 'cdn-a',
  requests: 4,
  bytes: 6_100_000,
  timedRequests: 4,
  timedBytes: 6_100_000,
  ttfbMs: 121,
  transferMs: 1_910,
  ttfbHistogram: [38, 2, 41, 2],
  throughputHistogram: [112, 1, 115, 3],
};

function createSummary(rev: number, start: number): Summary {
  const playingMs = rev * 10_000 + 7_400;
  return {
    ...decodeSummary([]),
    rev,
    ctx: 1,
    start: start - playingMs - 1_180,
    last: start + 10_000,
    slices: rev + 11,
    events: 6,
    startingMs: 1_180,
    playingMs,
    mediaMs: playingMs,
    bits: playingMs * 4_800,
    ratedMediaMs: playingMs,
    framesRendered: playingMs / 40,
    framesDropped: 3,
    requests: 61,
    bytes: 92_000_000,
    bufferMsMs: playingMs * 27_000,
    bufferMs: playingMs,
    scaleMs: playingMs,
    attempts: 1,
    starts: 1,
    contentStarts: 1,
    startups: 1,
    startupMs: 1_180,
    contentStartups: 1,
    contentStartupMs: 1_180,
    endState: 2,
    ranges: [[0, playingMs, 1]],
    furthest: playingMs,
    uniqueMs: playingMs,
  };
}

const USER_AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
  'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.79 Safari/537.36 WebAppManager',
  'Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) 76.0.3809.146/6.0 TV Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
];
