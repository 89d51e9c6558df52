// Live messages of the fixture server: fifteen minutes of plausible figures, and a table of groups.
import { METRICS } from '@retour/analytics/catalogue';
import { namesOf, noise, type Scenario } from './fixtureScenario.ts';

export interface LiveRequest {
  readonly token?: string;
  readonly filters?: readonly { dimension: string; values: readonly string[] }[];
  readonly dimension?: string;
}

const CELL_MS = 10_000;
const CELLS = 90;
const TAIL_CELLS = 2;

/** What each metric is around in a healthy service. */
const LEVELS: Readonly<Record<string, number>> = {
  concurrentViews: 12_480,
  attemptsPerMinute: 640,
  startsPerMinute: 612,
  startupP50: 640,
  startupP95: 2_750,
  contentStartupP50: 720,
  contentStartupP95: 3_100,
  rebufferingRatio: 0.21,
  rebufferingFrequency: 1.4,
  exitsBeforeStart: 2.1,
  startFailures: 0.34,
  playFailures: 0.18,
  averageBitrate: 5_240_000,
  playingTime: 36_000_000,
  droppedFrames: 0.4,
  liveLatency: 7_400,
};

/** In an incident, what the last five minutes are multiplied by. */
const INCIDENT: Readonly<Record<string, number>> = {
  concurrentViews: 0.71,
  startsPerMinute: 0.6,
  contentStartupP50: 3.1,
  contentStartupP95: 3.4,
  rebufferingRatio: 14,
  exitsBeforeStart: 6,
  startFailures: 22,
  playFailures: 9,
};

const REASONS: Readonly<Partial<Record<Scenario, string>>> = {
  quiet: 'The last beacon came 4 min ago.',
  blind: 'The writer is 2 min 12 s behind the log.',
  empty: 'No beacon has ever arrived.',
};

export function liveMessage(scenario: Scenario, request: LiveRequest, now: number): unknown {
  const at = Math.floor(now / 1000) * 1000;
  const end = Math.floor(at / CELL_MS) * CELL_MS;
  const share = request.filters?.length ? 0.18 : 1;
  const times = Array.from({ length: CELLS }, (_, i) => end - (CELLS - 1 - i) * CELL_MS);
  const values = METRICS.map((metric, m) =>
    times.map((time, i) =>
      figure({ scenario, metric: metric.id, m, cell: time / CELL_MS, age: CELLS - 1 - i, share }),
    ),
  );
  return {
    type: 'live',
    at,
    state: stateOf(scenario),
    stateReason: REASONS[scenario] ?? '',
    completeUntil: end - (TAIL_CELLS - 1) * CELL_MS,
    totals: Object.fromEntries(METRICS.map((metric, m) => [metric.id, totalOf(values[m] ?? [])])),
    series: {
      schema: {
        fields: [
          { name: 'time', type: 'time' },
          ...METRICS.map(({ id, title, unit }) => ({
            name: id,
            type: 'number',
            config: { displayName: title, unit },
          })),
        ],
      },
      data: { values: [times, ...values] },
    },
    table: request.dimension === undefined ? null : tableOf(scenario, request, share),
  };
}

export function stateOf(scenario: Scenario): 'live' | 'quiet' | 'empty' | 'blind' {
  if (scenario === 'quiet' || scenario === 'empty' || scenario === 'blind') return scenario;
  return 'live';
}

interface FigureOf {
  readonly scenario: Scenario;
  readonly metric: string;
  readonly m: number;
  readonly cell: number;
  readonly age: number;
  readonly share: number;
}

function figure({ scenario, metric, m, cell, age, share }: FigureOf): number | null {
  const isCount = metric === 'concurrentViews' || metric.endsWith('PerMinute');
  if (scenario === 'empty' || (scenario === 'quiet' && age < 60)) return isCount ? 0 : null;
  if (scenario === 'first') return metric === 'concurrentViews' && age < 3 ? 1 : isCount ? 0 : null;
  if (scenario === 'blind' && age < 14) return null;
  // What is settled has no figure for the newest cells, as with the real API.
  if (!isCount && age < TAIL_CELLS) return null;
  const wave = 1 + 0.06 * Math.sin(cell / 17 + m) + 0.04 * (noise(cell, m) - 0.5);
  const rough = isCount ? wave : wave + 0.5 * (noise(cell, m, 7) - 0.5);
  const incident = scenario === 'incident' && age < 30 ? (INCIDENT[metric] ?? 1) : 1;
  const value =
    (LEVELS[metric] ?? 1) *
    rough *
    (incident === 1 ? 1 : 1 + (incident - 1) * Math.min(1, (30 - age) / 8)) *
    (isCount ? share : 1);
  return metric === 'concurrentViews' ? Math.round(value) : value;
}

function totalOf(values: readonly (number | null)[]): number | null {
  return values.slice(-8).findLast((value) => value !== null) ?? null;
}

function tableOf(scenario: Scenario, request: LiveRequest, share: number): unknown {
  const dimension = request.dimension ?? '';
  const nothing = scenario === 'empty' || scenario === 'quiet';
  const names = nothing ? [] : namesOf(scenario, dimension);
  return {
    schema: {
      name: dimension,
      fields: [
        { name: 'value', type: 'string' },
        { name: 'label', type: 'string' },
        ...METRICS.map(({ id }) => ({ name: id, type: 'number' })),
      ],
    },
    data: {
      values: [
        names,
        names.map((name) =>
          dimension === 'asset' && scenario === 'busy' ? name.replaceAll('-', ' ') : name,
        ),
        ...METRICS.map(({ id }, m) =>
          names.map((_, n) => {
            const bad = scenario === 'incident' && n === 1 ? (INCIDENT[id] ?? 1) : 1;
            const isCount = id === 'concurrentViews' || id.endsWith('PerMinute');
            if (!isCount && n === 9) return null;
            const value =
              (LEVELS[id] ?? 1) *
              bad *
              (isCount ? (share * 0.4) / (n + 1) : 0.7 + 0.8 * noise(n, m));
            return id === 'concurrentViews' ? Math.round(value) : value;
          }),
        ),
      ],
    },
  };
}
