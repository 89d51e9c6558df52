// A whole collector with a clock that the test sets, one property and its keys; what it answers is read
// back as a page would read it.
import {
  type App,
  type AppConfig,
  buildApp,
  openEnricher,
  Registry,
  readConfig,
} from '../src/app.ts';
import type { Property, WriteKey } from '../src/control/property.ts';
import { decodeRecord, type RejectHead } from '../src/log/record.ts';
import { createRecordingLog, type RecordingLog } from './recordingLog.ts';

export const KEY = 'key-live';
export const STOPPED_KEY = 'key-stopped';
export const OTHER_KEY = 'key-other';
/** 2026-07-04T12:00:40Z. */
export const NOW = 1_783_166_440_000;

export const PROPERTY: Property = {
  id: 'channel-one',
  name: 'Channel One',
  timeZone: 'Europe/Zurich',
  privacy: 'exempt',
  origins: [],
  heartbeatMs: 10_000,
  sampling: 0.5,
  quota: { beaconsPerSecond: 1_000, warnAt: 0.8, rubbishPerSecond: 100 },
};

export interface CollectorUnderTest extends App {
  readonly log: RecordingLog;
  readonly clock: { now: number };
  readonly faults: unknown[];
  readonly registry: Registry;
  /** Posts a body; the parameters default to those of a right sender. */
  post(body: unknown, options?: PostOptions): Promise<Posted>;
  rejects(): { head: RejectHead; body: string }[];
}

export interface PostOptions {
  readonly key?: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly remoteAddress?: string;
}

export interface Posted {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came.
  readonly json: any;
}

export interface CollectorOptions {
  readonly property?: Partial<Property>;
  readonly config?: Partial<AppConfig>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly keyOf?: (key: string) => WriteKey | undefined;
}

export async function createCollectorUnderTest(
  options: CollectorOptions = {},
): Promise<CollectorUnderTest> {
  const log = createRecordingLog();
  const clock = { now: NOW };
  const faults: unknown[] = [];
  const config = { ...readConfig(options.environment ?? {}), ...options.config };
  const registry = new Registry();
  const property = { ...PROPERTY, ...options.property };
  const other: Property = { ...PROPERTY, id: 'channel-two' };
  const keys = new Map<string, WriteKey>([
    [KEY, { key: KEY, property: property.id, state: 'live' }],
    [STOPPED_KEY, { key: STOPPED_KEY, property: property.id, state: 'stopped' }],
    [OTHER_KEY, { key: OTHER_KEY, property: other.id, state: 'live' }],
  ]);
  const app = buildApp({
    ...{ log, config, registry, checks: {} },
    control: {
      keyOf: options.keyOf ?? ((key) => keys.get(key)),
      property: (id) => [property, other].find((one) => one.id === id),
    },
    now: () => clock.now,
    enrich: await openEnricher(config),
    report: (fault) => faults.push(fault),
  });
  return {
    ...{ ...app, log, clock, faults, registry },
    post: (body, post) => inject(app, toPayload(body), { query: `v=1&s=${clock.now}`, ...post }),
    rejects: () => log.records.rejected.map(({ value }) => toReject(value)),
  };
}

async function inject(
  { server }: App,
  payload: string | Buffer,
  { key = KEY, query, headers = {}, remoteAddress }: PostOptions,
): Promise<Posted> {
  const answer = await server.inject({
    method: 'POST',
    url: `/r/${key}?${query}`,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    payload,
    ...(remoteAddress !== undefined && { remoteAddress }),
  });
  return { status: answer.statusCode, headers: answer.headers, json: answer.json() };
}

function toPayload(body: unknown): string | Buffer {
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

function toReject(value: Uint8Array): { head: RejectHead; body: string } {
  const { head, body } = decodeRecord<RejectHead>(value);
  return { head, body: Buffer.from(body).toString('utf8') };
}
