// The one port: collector, API, console and sample in one server. Beacons pass through none of the
// hooks of the others.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { type ApiDeps, apiPlugin, type Feed } from '@retour/analytics';
import type { Store } from '@retour/analytics/store';
import {
  openEnricher,
  type Registry,
  readConfig,
  registerCollector,
  toServerOptions,
} from '@retour/collector';
import type { Control } from '@retour/collector/control';
import type { Log } from '@retour/collector/log';
import Fastify, { type FastifyInstance } from 'fastify';
import { serveSample } from '../sample/serveSample.ts';
import { type EmbeddedConfig, OperatorError } from './config.ts';
import type { RoomLogger } from './logger.ts';
import { serveConsole } from './serveConsole.ts';

export interface ServeDeps {
  readonly config: EmbeddedConfig;
  readonly log: Log;
  readonly control: Control;
  readonly store: Store;
  readonly registry: Registry;
  readonly now: () => number;
  readonly logger: RoomLogger;
  /** Starts the probes, once it is known who counts what was accepted. */
  readonly createFeed: (lastAcceptedAt: (property: string) => number | null) => Feed;
}

export interface Served {
  /** Where beacons go, absolute, without a key. */
  readonly endpoint: string;
  /** Beacons accepted since the start. */
  accepted(): number;
  /** Takes no more, answers what is under way. */
  close(): Promise<void>;
}

const VERSION = (createRequire(import.meta.url)('../../package.json') as { version: string })
  .version; // Ours.

export async function listen(deps: ServeDeps): Promise<Served> {
  const { config, log, control, store, registry, now } = deps;
  const settings = readConfig(process.env);
  const server = Fastify(toServerOptions(settings, now));
  const report = createReport(deps.logger);
  const endpoint = `${config.publicUrl}${settings.path}`;
  const room = registerCollector(server, {
    ...{ log, control, now, registry, report, config: settings },
    enrich: await openEnricher(settings),
    checks: { engine: () => pingStore(store) },
  });
  const feed = deps.createFeed((property) => room.counts.acceptedAt.get(property) ?? null);
  await server.register(apiPlugin, toApiDeps(deps, { feed, report, endpoint }));
  await server.register(async (scope) => serveSample(scope, now));
  await server.register(async (scope) => serveConsole(scope, { reserved: settings.path }));
  await bind(server, config);
  return { endpoint, accepted: () => room.counts.accepted, close: () => close(server) };
}

interface ApiParts {
  readonly feed: Feed;
  readonly report: (fault: unknown) => void;
  readonly endpoint: string;
}

function toApiDeps(deps: ServeDeps, { feed, report, endpoint }: ApiParts): ApiDeps {
  const { config, control, store, now } = deps;
  return {
    ...{ store, control, feed, now, version: VERSION, onFault: report },
    tokenOf: (token) => control.tokenOf(token),
    endpoint,
    sampleUrl: `${config.publicUrl}/sample/`,
  };
}

async function bind(server: FastifyInstance, { host, port }: EmbeddedConfig): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    throw toOperatorError(error, { host, port });
  }
}

function toOperatorError(error: unknown, { host, port }: { host: string; port: number }): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new OperatorError(
      `Port ${port} on ${host} is taken. Stop what listens there, or choose another: npm start -- --port ${port + 1}`,
    );
  }
  if (code === 'EACCES') {
    return new OperatorError(`This user may not listen on port ${port}. Choose one above 1023.`);
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new OperatorError(`This machine has no address ${host}. Choose another with --host.`);
  }
  return error;
}

async function pingStore(store: Store): Promise<void> {
  if (!(await store.ping())) throw new Error('the engine does not answer');
}

/** A fault of ours gets a number, so that a report can name it. */
function createReport(logger: RoomLogger): (fault: unknown) => void {
  return (fault) => {
    const stack = fault instanceof Error ? fault.stack : String(fault);
    logger.error({ fault: randomUUID(), stack }, 'a request failed through a fault of ours');
  };
}

/** Live sockets and idle connections must not hold a stop. */
async function close(server: FastifyInstance): Promise<void> {
  const closed = server.close();
  server.server.closeIdleConnections();
  await closed;
}
