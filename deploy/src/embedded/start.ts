// The embedded mode, put together in the order of the data's way: directory, log, control, engine,
// writer, server. Every room is the one that runs scaled out; only the composition differs.
import { createStore, type Engine, type Store } from '@retour/analytics/store';
import { createWriter, WRITER_GROUP, type Writer } from '@retour/analytics/writer';
import { Registry } from '@retour/collector';
import { createControl } from '@retour/collector/control';
import { createEmbeddedLog, type Log } from '@retour/collector/log';
import { type Access, openAccess } from './access.ts';
import type { EmbeddedConfig } from './config.ts';
import { openDataDirectory } from './dataDirectory.ts';
import { createLogger } from './logger.ts';
import { openEngine } from './openEngine.ts';
import { startProbes } from './probes.ts';
import { listen, type Served } from './serve.ts';

/** The database of the embedded engine. */
const DATABASE = 'retour';

/** A stop waits so long for the writer to store what was accepted; the log keeps the rest. */
const DRAIN_MS = 10_000;
const DRAIN_STEP_MS = 20;

export interface Running {
  readonly access: Access;
  readonly endpoint: string;
  readonly enginePid: number;
  stop(): Promise<Stopped>;
}

/** What a stop did. */
export interface Stopped {
  readonly accepted: number;
  readonly stored: number;
  /** Beacons that are in the log and not in the engine yet. */
  readonly waiting: number;
  readonly seconds: number;
}

interface StartOptions {
  /** Called with one line for each room that is ready. */
  readonly progress: (line: string) => void;
}

/** @throws OperatorError, ConfigError or EngineStartError, with everything closed again. */
export async function startEmbedded(
  config: EmbeddedConfig,
  { progress }: StartOptions,
): Promise<Running> {
  const closers: (() => Promise<unknown>)[] = [];
  const closing = (close: () => Promise<unknown>): void => {
    closers.unshift(close);
  };
  const now = (): number => Date.now();
  const timed = createTimer(progress);
  try {
    const directory = await openDataDirectory(config.directory, { port: config.port, now });
    closing(() => directory.release());
    const logger = createLogger();
    const registry = new Registry();
    const log = await timed('log', createEmbeddedLog({ directory: directory.log, now, logger }));
    closing(() => log.close());
    const control = await createControl(log, { now, logger });
    closing(() => control.stop());
    const access = await openAccess(control, {
      file: directory.access,
      privacy: config.privacy,
    });
    const engine = await timed('engine', openEngine(directory.engine, logger));
    closing(() => engine.stop());
    const store = await timed('store', openStore(engine));
    closing(() => store.close());
    const writer = await createWriter({ log, store, now, engine, registry, logger });
    closing(() => writer.stop());
    const served: Served = await timed(
      'server',
      listen({
        ...{ config, log, control, store, registry, now, logger },
        createFeed: (lastAcceptedAt) => {
          const probes = startProbes({ log, store, group: WRITER_GROUP, lastAcceptedAt });
          closing(async () => probes.stop());
          return probes.feed;
        },
      }),
    );
    closing(() => served.close());
    const stop = (): Promise<Stopped> => drain({ served, log, writer, registry, closers });
    return { access, endpoint: served.endpoint, enginePid: engine.pid, stop };
  } catch (error) {
    for (const close of closers) await close();
    throw error;
  }
}

async function openStore(engine: Engine): Promise<Store> {
  const { url, password } = engine;
  const store = createStore({ url, password, database: DATABASE });
  await store.migrate();
  return store;
}

interface Draining {
  readonly served: Served;
  readonly log: Log;
  readonly writer: Writer;
  readonly registry: Registry;
  readonly closers: readonly (() => Promise<unknown>)[];
}

/** No more beacons, then all that was accepted into the engine, then everything closed. */
async function drain({ served, log, registry, closers }: Draining): Promise<Stopped> {
  const started = performance.now();
  await served.close();
  const waiting = await waitForWriter(log, started + DRAIN_MS);
  const accepted = await served.accepted();
  const rows = await registry.getSingleMetric('retour_writer_rows_total')?.get();
  const stored = (rows?.values ?? []).reduce((sum, { value }) => sum + value, 0);
  for (const close of closers) await close();
  return { accepted, stored, waiting, seconds: (performance.now() - started) / 1000 };
}

async function waitForWriter(log: Log, until: number): Promise<number> {
  while (true) {
    const { records } = await log.lag('beacons', WRITER_GROUP);
    if (records === 0 || performance.now() > until) return records;
    await new Promise((resolve) => setTimeout(resolve, DRAIN_STEP_MS));
  }
}

/** Names a room and how long it took, when it is ready. */
function createTimer(progress: (line: string) => void) {
  return async <T>(room: string, ready: Promise<T>): Promise<T> => {
    const started = performance.now();
    const value = await ready;
    progress(`${room.padEnd(8)} ready in ${((performance.now() - started) / 1000).toFixed(2)} s`);
    return value;
  };
}
