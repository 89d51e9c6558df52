// The events of the fixture server's view: one of each kind that a timeline shows.
import { HOSTILE_NAMES, type Scenario } from './fixtureScenario.ts';

export interface EventMaking {
  readonly scenario: Scenario;
  readonly start: number;
  readonly end: number;
  readonly open: boolean;
  readonly errorCode: string;
}

type Facts = Readonly<Record<string, unknown>>;

/** ms after the start, type, facts. A text that begins with `name:` may be made hostile. */
const EVENTS: readonly (readonly [after: number, type: string, facts: Facts])[] = [
  [0, 'requested', { by: 'play' }],
  [310, 'playerReady', { durationMs: 290 }],
  [840, 'firstFrame', { of: 'content', startupMs: 840 }],
  [845, 'rendition', { rendition: { bitrate: 1_400_000, width: 854, height: 480 } }],
  [
    9_000,
    'rendition',
    { change: 'up', rendition: { bitrate: 5_200_000, width: 1920, height: 1080 } },
  ],
  [62_000, 'pause', { by: 'user', durationMs: 24_000 }],
  [86_000, 'resume', { by: 'user' }],
  [140_000, 'seek', { by: 'user', from: 112_000, to: 30_000, latencyMs: 1_900 }],
  [181_000, 'visibility', { hidden: true }],
  [214_000, 'visibility', { hidden: false }],
  [258_000, 'pathway', { host: 'name:edge-b.example.net', pathway: 'B' }],
  [
    261_200,
    'error',
    { fatal: false, category: 'network', code: 'name:fragLoadError', message: 'HTTP 503' },
  ],
  [262_400, 'stall', { durationMs: 2_600, hints: { bufferMs: 120, waitingMs: 4_210 } }],
  [
    266_000,
    'rendition',
    { change: 'down', rendition: { bitrate: 800_000, width: 640, height: 360 } },
  ],
  [311_000, 'stall', { durationMs: 2_600, hints: { bufferMs: 40 } }],
  [380_000, 'adBreak', { slot: 'mid', durationMs: 30_000 }],
  [381_000, 'ad', { started: true, quartile: 4, creative: 'name:spring-sale', slot: 'mid' }],
  [455_000, 'interaction', { kind: 'like', name: 'name:heart' }],
  [
    502_000,
    'rendition',
    { change: 'up', rendition: { bitrate: 5_200_000, width: 1920, height: 1080 } },
  ],
  [604_000, 'futureThing', { detail: 'name:unknown to this console' }],
];

export function eventsOf({ scenario, start, end, open, errorCode }: EventMaking): unknown[] {
  const made = [...EVENTS];
  if (errorCode !== '') {
    made.push([end - start - 10, 'error', { fatal: true, category: 'network', code: errorCode }]);
  }
  if (!open) made.push([end - start, 'exit', { kind: errorCode === '' ? 'left' : 'failed' }]);
  return made
    .filter(([after]) => start + after <= end)
    .map(([after, type, facts], seq) => ({
      seq,
      rev: 0,
      at: start + after,
      ctx: 0,
      clock: 'server',
      pos: Math.max(0, after - 840),
      type,
      ...Object.fromEntries(
        Object.entries(facts).map(([key, value]) => [key, toName(value, scenario)]),
      ),
    }));
}

function toName(value: unknown, scenario: Scenario): unknown {
  if (typeof value !== 'string' || !value.startsWith('name:')) return value;
  return scenario === 'hostile' ? HOSTILE_NAMES[value.length % 6] : value.slice('name:'.length);
}
