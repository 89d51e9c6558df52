// Records of the log as a collector would write them, for tests: views with slices, events and
// summaries, every number decided by the arguments.
import { type BeaconHead, encodeRecord, type LogRecord } from '@retour/collector/log';
import {
  type Beacon,
  decodeRow,
  encodeBeacon,
  encodeDelivery,
  SLICE_POSITIONS,
  type Slice,
  SUMMARY_POSITIONS,
  type Summary,
} from '@retour/player-sdk/contract';

/** A cell of 10 s; all samples begin here. */
export const SAMPLE_START = 1_800_000_000_000;

const EMPTY_SLICE = decodeRow(SLICE_POSITIONS, []);
const EMPTY_SUMMARY = decodeRow(SUMMARY_POSITIONS, []);

export function sampleView(number: number): string {
  return `01900000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

export function sampleSlice(k: number, facts: Partial<Slice> = {}): Slice {
  const delivery = encodeDelivery({
    host: 'cdn-a.example',
    pathway: 'A',
    requests: 3,
    failures: 0,
    bytes: 3_000_000,
    timedRequests: 2,
    timedBytes: 2_000_000,
    ttfbMs: 90,
    transferMs: 700,
    ttfbHistogram: [44, 2],
    throughputHistogram: [100, 1, 110, 1],
  });
  return {
    ...EMPTY_SLICE,
    k,
    start: SAMPLE_START + k * 10_000,
    durationMs: 10_000,
    playingMs: 9_000,
    stalledMs: 1_000,
    mediaMs: 9_000,
    bits: 27_000_000,
    ratedMediaMs: 9_000,
    stalls: 1,
    host: 'cdn-a.example',
    pathway: 'A',
    renditions: [[3_000_000, 1280, 720, 9_000]],
    deliveries: [delivery],
    requests: 3,
    bytes: 3_000_000,
    ranges: [[k * 9_000, (k + 1) * 9_000]],
    endState: 2,
    endPosition: (k + 1) * 9_000,
    ...facts,
  };
}

export function sampleSummary(rev: number, facts: Partial<Summary> = {}): Summary {
  return {
    ...EMPTY_SUMMARY,
    rev,
    start: SAMPLE_START,
    last: SAMPLE_START + (rev + 1) * 10_000,
    slices: rev + 1,
    playingMs: (rev + 1) * 9_000,
    attempts: 1,
    starts: 1,
    startups: 1,
    startupMs: 420,
    endState: 2,
    ranges: [[0, (rev + 1) * 9_000, 1]],
    ...facts,
  };
}

export function sampleBeacon(view: string, rows: Partial<Beacon> = {}): Beacon {
  return {
    v: 1,
    sdk: { name: 'retour-web', version: '0.1.0' },
    view,
    ctx: {
      rev: 0,
      asset: { id: 'film-1', title: "It's a film", streamType: 'vod', durationMs: 600_000 },
      player: { name: 'hls.js', version: '1.7.4', adapter: 'hlsjs' },
      privacy: 'exempt',
      weight: 1,
      page: { origin: 'https://watch.example', path: '/film-1' },
      connection: { effectiveType: '4g' },
      experiments: { abr: 'b' },
      custom: { plan: 'free' },
    },
    slices: [],
    events: [],
    ...rows,
  };
}

export function sampleHead(facts: Partial<BeaconHead> = {}): BeaconHead {
  return {
    property: 'demo',
    receivedAt: SAMPLE_START + 12_000,
    skewMs: -40,
    unload: false,
    token: 'absent',
    enrichment: {
      country: 'FR',
      region: 'FR-IDF',
      city: 'Paris',
      asn: 3215,
      network: 'Orange',
      browser: 'Chrome',
      browserVersion: '140',
      os: 'Windows',
      osVersion: '11',
      deviceType: 'desktop',
      deviceMaker: '',
      deviceModel: '',
      bot: false,
      addressPrefix: '192.0.2.0/24',
    },
    ...facts,
  };
}

export function sampleRecord(
  beacon: Beacon,
  facts: Partial<BeaconHead> = {},
  offset = 0,
): LogRecord {
  const head = sampleHead(facts);
  const body = new TextEncoder().encode(JSON.stringify(encodeBeacon(beacon)));
  return {
    partition: 0,
    offset,
    at: head.receivedAt,
    key: beacon.view,
    value: encodeRecord(head, body),
  };
}
