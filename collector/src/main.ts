// The collector as a process of its own: settings from the environment, the embedded log, and a stop
// that answers what is under way and then says what it did.
import type { FastifyInstance } from 'fastify';
import {
  buildApp,
  type CollectorConfig,
  type CollectorDeps,
  ConfigError,
  openEnricher,
  Registry,
  readConfig,
} from './app.ts';
import { createControl } from './control/index.ts';
import { createEmbeddedLog } from './log/index.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (line: string) => void process.stderr.write(`${line}\n`);

async function run(): Promise<void> {
  const config = readConfig(process.env);
  const now = () => Date.now();
  const enrich = await openEnricher(config);
  const log = await createEmbeddedLog({ directory: config.data, now });
  try {
    const control = await createControl(log, { now });
    const deps = {
      log,
      control,
      now,
      config,
      enrich,
      registry: new Registry(),
      checks: {},
      report,
    };
    await serve(deps).finally(() => control.stop());
  } finally {
    await log.close();
  }
}

function report(fault: unknown): void {
  complain(fault instanceof Error ? `${fault.stack}` : `${fault}`);
}

/** Until a signal: resolves when what was under way is answered. */
async function serve(deps: CollectorDeps & { readonly config: CollectorConfig }): Promise<void> {
  const { host, port, path, drainMs } = deps.config;
  const { server, room } = buildApp(deps);
  const stopped = waitForSignal();
  const address = await server.listen({ host, port });
  say(`The collector takes beacons at ${address}${path}.`);
  await stopped;
  say(`Stopping: requests under way have ${drainMs} ms.`);
  const cut = await drain(server, drainMs);
  const rest = cut ? 'some requests were cut off unanswered' : 'every request was answered';
  say(`Stopped: ${room.counts.accepted} beacons accepted, all of them in the log; ${rest}.`);
}

function waitForSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}

/** Whether connections had to be cut: what was not answered by then was not acknowledged either. */
async function drain(server: FastifyInstance, drainMs: number): Promise<boolean> {
  let cut = false;
  const timer = setTimeout(() => {
    cut = true;
    server.server.closeAllConnections();
  }, drainMs);
  await server.close();
  clearTimeout(timer);
  return cut;
}

try {
  await run();
} catch (error) {
  const lines = error instanceof ConfigError ? error.lines : [toStartLine(error)];
  for (const line of lines) complain(line);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}

function toStartLine(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'RETOUR_PORT: expected a free port, came one that is taken';
  if (code === 'EADDRNOTAVAIL') return 'RETOUR_HOST: expected an address of this machine';
  if (code === 'EACCES') return 'RETOUR_PORT or RETOUR_DATA: this user may not use it';
  return error instanceof Error ? `The collector failed: ${error.stack}` : String(error);
}
