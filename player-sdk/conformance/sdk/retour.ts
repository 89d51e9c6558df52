// Retour under test: its beacons decoded by the contract, its figures those of the view's summary.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Beacon,
  CONTRACT_VERSION,
  decodeBeacon,
  EXIT_KINDS,
  type Summary,
  type ViewEvent,
  type WireBeacon,
} from '@retour/player-sdk/contract';
import type { Captured } from '../collector.ts';
import type { Measured } from '../metrics.ts';
import type { MeasuredView, SdkUnderTest } from './sdkUnderTest.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

export const retourSdk: SdkUnderTest = {
  name: 'retour',
  version: `contract ${CONTRACT_VERSION}`,
  pageScript: join(HERE, `retourPage${EXTENSION}`),
  tellsAll: true,
  respond: () =>
    JSON.stringify({
      time: Date.now(),
      heartbeatMs: 10_000,
      sampling: 1,
      privacy: 'consented',
      accepted: 1,
      rejected: 0,
    }),
  readBeacons(requests) {
    const views = new Map<string, Beacon[]>();
    for (const beacon of requests.flatMap(toBeacons)) {
      views.set(beacon.view, [...(views.get(beacon.view) ?? []), beacon]);
    }
    return [...views.values()].flatMap(toView);
  },
};

function toBeacons({ method, body }: Captured): Beacon[] {
  if (method !== 'POST') return [];
  const wire: WireBeacon | WireBeacon[] = JSON.parse(body);
  return (Array.isArray(wire) ? wire : [wire]).map(decodeBeacon);
}

/** The latest revisions of what the beacons of one view say. */
function toView(beacons: readonly Beacon[]): MeasuredView[] {
  const events = new Map<number, ViewEvent>();
  let summary: Summary | undefined;
  for (const beacon of beacons) {
    for (const event of beacon.events) {
      if (event.rev >= (events.get(event.seq)?.rev ?? 0)) events.set(event.seq, event);
    }
    if (beacon.summary && beacon.summary.rev >= (summary?.rev ?? 0)) summary = beacon.summary;
  }
  if (summary === undefined) return [];
  const kind = EXIT_KINDS[summary.exitKind];
  return [
    {
      asset: beacons[0]?.ctx.asset.id ?? '',
      measured: toMeasured(summary, [...events.values()]),
      ended: summary.exits > 0 && kind !== 'hidden' && events.size === summary.events,
    },
  ];
}

function toMeasured(summary: Summary, events: readonly ViewEvent[]): Measured {
  const fatal = events.find((event) => event.type === 'error' && event.fatal);
  return {
    attempts: summary.attempts,
    starts: summary.contentStarts,
    stalls: summary.stalls,
    seeks: summary.seeks,
    pauses: events.filter((event) => event.type === 'pause' && event.by === 'user').length,
    errors:
      summary.startFailures +
      summary.startFailuresBusiness +
      summary.playFailures +
      summary.playFailuresBusiness,
    exitsBeforeStart: summary.exitsBeforeStart,
    switchesUp: summary.switchesUp,
    switchesDown: summary.switchesDown,
    requestFailures: summary.requestFailures,
    ...(summary.contentStartups > 0 && { startupMs: summary.contentStartupMs }),
    playingMs: summary.playingMs,
    stalledMs: summary.stalledMs,
    seekingMs: summary.seekingMs,
    pausedMs: summary.pausedMs,
    suspendedMs: summary.suspendedMs,
    adBreaks: summary.adBreaks,
    ads: summary.ads,
    adMs: summary.adMs,
    mediaMs: summary.mediaMs,
    ...(summary.liveLatencyMs > 0 && {
      liveLatencyMs: summary.liveLatencyMsMs / summary.liveLatencyMs,
    }),
    bytes: summary.bytes,
    category: fatal?.type === 'error' ? fatal.category : 'none',
  };
}
