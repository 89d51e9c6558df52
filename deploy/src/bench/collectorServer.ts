// The collector as `bench collector` measures it, with everything on: alone in its process, with a log
// that takes everything at once (`none`) or the embedded one in the given directory.
import { buildApp, openEnricher, Registry, readConfig } from '@retour/collector';
import { createEmbeddedLog, type Log } from '@retour/collector/log';

import { BENCH_KEY } from './heartbeat.ts';

/** Resolves at once and keeps nothing: what is left is the collector's own work. */
const NO_LOG: Log = {
  append: async (_, records) => records.map(() => ({ partition: 0, offset: 0 })),
  consume: () => ({ stop: async () => undefined }),
  read: async function* () {},
  rewind: async () => undefined,
  lag: async () => ({ records: 0, oldestMs: 0 }),
  ready: async () => undefined,
  close: async () => undefined,
};

const PROPERTY = {
  id: 'bench',
  name: 'Bench',
  timeZone: 'UTC',
  privacy: 'exempt',
  origins: ['https://www.example.org'],
  heartbeatMs: 10_000,
  sampling: 1,
  quota: { beaconsPerSecond: 1_000_000, warnAt: 0.8, rubbishPerSecond: 10 },
} as const;

const directory = process.argv[2] ?? 'none';
const now = () => Date.now();
const config = readConfig({});
const log = directory === 'none' ? NO_LOG : await createEmbeddedLog({ directory, now });
const { server } = buildApp({
  log,
  control: {
    keyOf: (key) => (key === BENCH_KEY ? { key, property: PROPERTY.id, state: 'live' } : undefined),
    property: (id) => (id === PROPERTY.id ? PROPERTY : undefined),
  },
  now,
  config,
  enrich: await openEnricher(config),
  registry: new Registry(),
  checks: {},
  report: (fault) => process.stderr.write(`${String(fault)}\n`),
});

await server.listen({ host: '127.0.0.1', port: 0 });
const address = server.server.address();
process.stdout.write(`port ${typeof address === 'object' ? address?.port : ''}\n`);
process.once('SIGTERM', () => void server.close().then(() => log.close()));
