// What the contract's examples are made of: one film, one view, one moment.
import { EMPTY_DELIVERY, encodeDelivery } from '../delivery.ts';
import { bucketOf } from '../histogram.ts';
import { EMPTY_SLICE, encodeSlice, type Slice } from '../slice.ts';
import { EMPTY_SUMMARY, encodeSummary, type Summary } from '../summary.ts';

export const VIEW = '019f2d3c-5a00-7c1e-9b4a-0d1e2f3a4b5c';
/** 2026-07-04T12:00:00Z. */
export const T0 = 1_783_166_400_000;

export function slice(given: Partial<Slice>): unknown {
  return encodeSlice({ ...EMPTY_SLICE, ...given });
}

export function summary(given: Partial<Summary>): unknown {
  return encodeSummary({ ...EMPTY_SUMMARY, ...given });
}

export const head = {
  v: 1,
  sdk: { name: 'retour', version: '0.1.0' },
  view: VIEW,
  ctx: {
    rev: 0,
    asset: { id: 'film-1', title: 'A film', durationMs: 5_400_000, streamType: 'vod' },
    player: { name: 'hls.js', version: '1.7.4', adapter: 'hlsjs' },
    privacy: 'exempt',
    weight: 1,
  },
};

export const fullContext = {
  rev: 1,
  asset: {
    id: 'ep-7',
    title: 'Episode 7 – naïve 🎬',
    series: { id: 'series-1', title: 'A series' },
    durationMs: 2_700_000,
    streamType: 'vod',
    work: { isan: '0000-0001-8CFA-0000-I-0000-0000-K', eidr: '10.5240/7791-8534-2C23-9030-8610-5' },
    variant: 'vf',
  },
  player: { name: 'video.js', version: '8.0.0', adapter: 'html5' },
  privacy: 'consented',
  weight: 4,
  page: {
    origin: 'https://tv.example',
    path: '/watch/ep-7',
    title: 'Watch',
    referrer: 'https://a.example/',
  },
  device: {
    platform: 'Android',
    mobile: true,
    brands: 'Chromium 140',
    model: 'Pixel 9',
    screenWidth: 412,
    screenHeight: 915,
    pixelRatio: 2.625,
    language: 'fr-FR',
  },
  connection: {
    type: 'cellular',
    effectiveType: '4g',
    downlinkKbps: 8750,
    rttMs: 50,
    saveData: false,
  },
  viewer: { id: 'v-42' },
  experiments: { startBitrate: 'high' },
  custom: { plan: 'premium', channel: 'sport' },
  recommendation: 'rec-9',
  drm: 'com.widevine.alpha',
  token: 'eyJhbGciOiJFZERTQSJ9.e30.c2ln',
};

const delivery = encodeDelivery({
  ...EMPTY_DELIVERY,
  host: 'cdn-a.example',
  pathway: 'CDN-A',
  requests: 3,
  failures: 0,
  bytes: 3_500_000,
  timedRequests: 2,
  timedBytes: 2_400_000,
  ttfbMs: 90,
  transferMs: 800,
  ttfbHistogram: [bucketOf(40), 1, bucketOf(50), 1],
  throughputHistogram: [bucketOf(24_000), 2],
});

export const playing: Partial<Slice> = {
  k: 4,
  start: T0 + 40_000,
  durationMs: 10_000,
  playingMs: 10_000,
  mediaMs: 10_000,
  bits: 30_000_000_000,
  ratedMediaMs: 10_000,
  renditions: [[3_000_000, 1280, 720, 10_000]],
  framesRendered: 250,
  host: 'cdn-a.example',
  pathway: 'CDN-A',
  deliveries: [delivery],
  requests: 3,
  bytes: 3_500_000,
  bufferMsMs: 200_000_000,
  bufferMs: 10_000,
  bufferMin: 18_000,
  bufferMax: 22_000,
  scaleMs: 10_000,
  ranges: [[38_900, 48_900]],
  endState: 2,
  endPosition: 48_900,
};

export const totals: Partial<Summary> = {
  rev: 5,
  start: T0,
  last: T0 + 50_000,
  slices: 5,
  events: 3,
  startingMs: 1_100,
  playingMs: 48_900,
  mediaMs: 48_900,
  bits: 146_700_000_000,
  ratedMediaMs: 48_900,
  attempts: 1,
  starts: 1,
  contentStarts: 1,
  startups: 1,
  startupMs: 1_100,
  contentStartups: 1,
  contentStartupMs: 1_100,
  endState: 2,
  ranges: [[0, 48_900, 1]],
  furthest: 48_900,
  uniqueMs: 48_900,
};

export const heartbeat = { ...head, slices: [slice(playing)], summary: summary(totals) };
export const stallAt = { type: 'stall', seq: 3, at: T0 + 44_000, ctx: 0, pos: 42_900 };
export const hints = { bufferMs: 0, waitingMs: 2_100, host: 'cdn-a.example', bitrate: 3_000_000 };
