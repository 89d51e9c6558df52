// Views of the fixture server: a list, and one view whole with everything that a timeline shows.
import { eventsOf } from './fixtureEvents.ts';
import { HOSTILE_NAMES, namesOf, noise, type Scenario } from './fixtureScenario.ts';

const COUNT = 130;
const EVERY_MS = 7_000;
const PAGE = 50;
const MINUTES = 12;

/** The view that is whole: the newest of the list, always open. */
export function idOf(index: number): string {
  return `01978f3a-${String(1000 + index).padStart(4, '0')}-7abc-8def-0123456789ab`;
}

export function viewsPage(scenario: Scenario, query: URLSearchParams, now: number): unknown {
  const none = scenario === 'empty' || query.get('search') === 'nothing';
  const total = none ? 0 : scenario === 'first' ? 1 : COUNT;
  const from = Number(query.get('before') ?? 0);
  const limit = Number(query.get('limit') ?? PAGE);
  const filters = query.getAll('filter').map((text) => text.split(':'));
  const rows = Array.from({ length: total }, (_, i) => rowOf(scenario, i, now)).filter((row) =>
    filters.every(([name, value]) => name !== 'asset' || row.assetId === value),
  );
  const end = Math.min(from + limit, rows.length);
  return { views: rows.slice(from, end), next: end < rows.length ? String(end) : null };
}

export function viewOf(scenario: Scenario, id: string, now: number): unknown {
  const index = Array.from({ length: COUNT }, (_, i) => idOf(i)).indexOf(id);
  if (index < 0 || scenario === 'empty') return null;
  const row = rowOf(scenario, index, now);
  const start = Math.floor(row.start / 10_000) * 10_000 + 3_200;
  const end = row.open ? now : row.last;
  const host = (i: number) => namesOf(scenario, 'host')[i] ?? '';
  return {
    view: { ...row, start, last: end },
    context: {
      rev: 1,
      asset: { id: row.assetId, title: row.assetTitle, streamType: 'live' },
      player: { name: row.playerName, version: '1.7.2', adapter: row.adapter },
      privacy: 'exempt',
      weight: 1,
      page: { origin: 'https://watch.example', path: '/live', title: HOSTILE_NAMES[0] },
    },
    enrichment: {
      country: row.country,
      region: 'Île-de-France',
      network: 'AS64500 Example Telecom',
    },
    summary: {
      rev: 40,
      switchesUp: 3,
      switchesDown: 2,
      seeks: 2,
      framesDropped: 41,
      framesRendered: 17_811,
      requests: 412,
      requestFailures: 6,
    },
    slices: slicesOf({ start, end, host }),
    events: eventsOf({ scenario, start, end, open: row.open, errorCode: row.errorCode }),
    truncated: false,
  };
}

function rowOf(scenario: Scenario, index: number, now: number) {
  const pick = (dimension: string, salt: number): string => {
    const names = namesOf(scenario, dimension);
    return names[Math.floor(noise(index, salt) * names.length)] ?? '';
  };
  const open = index % 3 === 0;
  const failed = index % 11 === 7;
  const start =
    Math.floor(now / EVERY_MS) * EVERY_MS - index * EVERY_MS - (open ? MINUTES * 60_000 : 0);
  const playingMs = Math.round(noise(index, 1) * 900_000);
  const stalls = failed ? 3 : Math.floor(noise(index, 2) * 1.6);
  return {
    view: idOf(index),
    start,
    last: open ? now : start + playingMs + 4_000,
    assetId: pick('asset', 3),
    assetTitle: index % 4 === 1 ? '' : pick('asset', 3).toUpperCase(),
    playerName: pick('player', 4),
    adapter: 'hlsjs',
    country: pick('country', 5),
    browser: pick('browser', 6),
    os: pick('os', 7),
    deviceType: pick('deviceType', 8),
    state: failed ? 'failed' : open ? (index % 9 === 6 ? 'stalled' : 'playing') : 'ended',
    exit: failed ? 'failed' : open ? 'none' : index % 2 ? 'left' : 'ended',
    open: open && !failed,
    startupMs: failed && index % 2 ? null : Math.round(300 + noise(index, 9) * 2_600),
    playingMs,
    stalledMs: stalls * 1_840,
    stalls,
    errorCode: failed
      ? scenario === 'hostile'
        ? (HOSTILE_NAMES[5] ?? '')
        : 'manifestLoadError'
      : '',
  };
}

interface Making {
  readonly start: number;
  readonly end: number;
}

function slicesOf({
  start,
  end,
  host,
}: Making & { readonly host: (i: number) => string }): unknown[] {
  const slices: unknown[] = [];
  let from = start;
  for (let k = 0; from < end; k += 1) {
    const to = Math.min(end, Math.floor(from / 10_000) * 10_000 + 10_000);
    const durationMs = to - from;
    const isSwitched = k > 25 && k < 50;
    const mean = isSwitched ? 4_000 + noise(k) * 3_000 : 17_000 + noise(k) * 6_000;
    const stalledMs = k === 26 || k === 31 ? 2_600 : 0;
    slices.push({
      k,
      rev: 0,
      start: from,
      clock: 'server',
      open: to === end ? 1 : 0,
      durationMs,
      startingMs: k === 0 ? 840 : 0,
      playingMs: Math.max(0, durationMs - stalledMs - (k === 0 ? 840 : 0)),
      stalledMs: Math.min(durationMs, stalledMs),
      bufferMs: durationMs,
      bufferMsMs: Math.round(mean * durationMs),
      bufferMin: Math.round(Math.max(0, mean - 3_500 - (stalledMs > 0 ? 9_000 : 0))),
      bufferMax: Math.round(mean + 2_800),
      liveLatencyMs: durationMs,
      liveLatencyMsMs: Math.round((7_000 + (k > 26 ? 3_900 : 0) + noise(k, 3) * 400) * durationMs),
      liveLatencyMin: 6_800,
      liveLatencyMax: 7_900 + (k > 26 ? 3_900 : 0),
      host: host(isSwitched ? 1 : 0),
      pathway: isSwitched ? 'B' : 'A',
      renditions: [[5_200_000, 1920, 1080, durationMs]],
      deliveries: [],
      requests: 5,
      requestFailures: stalledMs > 0 ? 2 : 0,
      bytes: Math.round((0.6 + noise(k, 5)) * 500 * durationMs),
    });
    from = to;
  }
  return slices;
}
