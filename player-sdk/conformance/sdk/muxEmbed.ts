// mux-embed under test. Its beacons are lists of events whose fields have short names; what is read is
// what its server would: the running totals that the last event of a view carries.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Captured } from '../collector.ts';
import type { Measured } from '../metrics.ts';
import { readVersion } from '../readVersion.ts';
import type { MeasuredView, SdkUnderTest } from './sdkUnderTest.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** The short names, as mux-embed 5 makes them from the words of the long ones. */
const FIELDS = {
  event: 'e',
  viewId: 'xid', // view_id
  asset: 'vid', // video_id
  startupMs: 'xtitofifr', // view_time_to_first_frame
  stalls: 'xreco', // view_rebuffer_count
  stalledMs: 'xredu', // view_rebuffer_duration
  seeks: 'xskco', // view_seek_count
  seekingMs: 'xskdu', // view_seek_duration
  playingMs: 'xpntimscv', // view_playing_time_ms_cumulative
  mediaMs: 'xctpbti', // view_content_playback_time
  requestFailures: 'xrqfaco', // view_request_failed_count
} as const;

type Event = Readonly<Record<string, unknown>>;

export const muxEmbedSdk: SdkUnderTest = {
  name: 'mux-embed',
  get version() {
    return readVersion('mux-embed');
  },
  pageScript: join(HERE, `muxEmbedPage${EXTENSION}`),
  caveats: {
    playingMs: 'runs on through the first second of every stall, which is its sustained threshold',
    errors: 'an error event counts as fatal, which the integrator may translate',
    requestFailures: 'known of hls.js and dash.js only',
  },
  // It uses http for this name only.
  toCollector: (url) => new URL(url).host.replace('127.0.0.1', 'localhost'),
  readBeacons(requests) {
    const views = new Map<string, Event[]>();
    for (const event of requests.flatMap(toEvents)) {
      const id = String(event[FIELDS.viewId] ?? '');
      if (id !== '') views.set(id, [...(views.get(id) ?? []), event]);
    }
    return [...views.values()].map(toView).filter(({ measured }) => measured.attempts === 1);
  },
};

function toEvents({ body }: Captured): Event[] {
  if (body === '') return [];
  const { events = [] }: { events?: Event[] } = JSON.parse(body);
  return events;
}

function toView(events: readonly Event[]): MeasuredView {
  const count = (name: string) => events.filter((event) => event[FIELDS.event] === name).length;
  const last = (field: string) => events.findLast((event) => event[field] !== undefined)?.[field];
  const number = (field: string, none?: number): Measured[keyof Measured] => {
    const value = Number(last(field) ?? none);
    return Number.isNaN(value) ? undefined : value;
  };
  const told: Record<string, Measured[keyof Measured]> = {
    attempts: Math.min(1, count('play') + count('playing')),
    starts: last(FIELDS.startupMs) === undefined ? 0 : 1,
    errors: count('error'),
    pauses: count('pause'),
    startupMs: number(FIELDS.startupMs),
    stalls: number(FIELDS.stalls, 0),
    stalledMs: number(FIELDS.stalledMs, 0),
    seeks: number(FIELDS.seeks, 0),
    seekingMs: number(FIELDS.seekingMs, 0),
    playingMs: number(FIELDS.playingMs),
    mediaMs: number(FIELDS.mediaMs),
    requestFailures: number(FIELDS.requestFailures),
  };
  return {
    asset: String(last(FIELDS.asset) ?? ''),
    measured: told as Measured,
    ended: count('viewend') > 0,
  };
}
