// The collector, put together: an explicit list of plugins, alone or inside of a larger server. The
// entry of `@retour/collector`.
import Fastify, { type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { CollectorConfig } from './config.ts';
import type { Log } from './log/log.ts';
import { addBeaconRoute } from './routes/beacons.ts';
import { createCounts } from './routes/counts.ts';
import { addHealthRoutes, type Checks } from './routes/health.ts';
import { addMetricsRoute } from './routes/metrics.ts';
import { addRefusals, createNotFoundHandler } from './routes/refusals.ts';
import type { Room } from './routes/room.ts';
import { createOriginReader } from './routes/senderOrigin.ts';
import { toServerOptions } from './routes/serverOptions.ts';
import { addSettingsRoute } from './routes/settings.ts';
import type { Enrich, KeyRing } from './steps/passage.ts';
import { createQuotaBook } from './steps/quotaBook.ts';

export { Registry } from 'prom-client';
export { type CollectorConfig, ConfigError, readConfig, SETTINGS } from './config.ts';
export { openEnricher } from './enricher.ts';
export { ERRORS } from './errors.ts';
export type { Checks } from './routes/health.ts';
export type { Room } from './routes/room.ts';
export { toServerOptions } from './routes/serverOptions.ts';
export type { Enrich, KeyRing } from './steps/passage.ts';

export type AppConfig = Omit<CollectorConfig, 'host' | 'port' | 'data' | 'drainMs'>;

export interface CollectorDeps {
  readonly log: Log;
  readonly control: KeyRing;
  /** Epoch ms. */
  readonly now: () => number;
  readonly config: AppConfig;
  /** From `openEnricher`. */
  readonly enrich: Enrich;
  /** Where the metrics are kept; a larger server hands in its own. */
  readonly registry: Registry;
  /** What must work, beside the log, before this is ready. */
  readonly checks: Checks;
  /** Takes faults of ours. */
  readonly report: (fault: unknown) => void;
}

/** A server that is the collector and nothing else. */
export function buildApp(deps: CollectorDeps): App {
  const server = Fastify(toServerOptions(deps.config, deps.now));
  const room = registerCollector(server, deps);
  server.setNotFoundHandler(createNotFoundHandler(room));
  return { server, room };
}

export interface App {
  readonly server: FastifyInstance;
  readonly room: Room;
}

/** Registers the collector in a server that was made with `toServerOptions`. */
export function registerCollector(server: FastifyInstance, deps: CollectorDeps): Room {
  const room = createRoom(server, deps);
  server.server.maxConnections = deps.config.maxConnections;
  server.register(async (scope) =>
    addHealthRoutes(scope, room, { log: () => deps.log.ready(), ...deps.checks }),
  );
  server.register(async (scope) => addMetricsRoute(scope, deps.registry));
  server.register(
    async (scope) => {
      addRefusals(scope, room);
      addBeaconRoute(scope, room);
      addSettingsRoute(scope, room);
    },
    { prefix: deps.config.path },
  );
  return room;
}

function createRoom(server: FastifyInstance, deps: CollectorDeps): Room {
  const { log, control, now, config, enrich, registry, report } = deps;
  let stopping = false;
  server.addHook('preClose', async () => {
    stopping = true;
  });
  return {
    log,
    now,
    tools: { control, quotas: createQuotaBook(config.quotaPart), enrich },
    counts: createCounts(registry),
    originOf: createOriginReader(config),
    isStopping: () => stopping,
    report,
  };
}
