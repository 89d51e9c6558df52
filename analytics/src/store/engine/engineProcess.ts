// The engine's own process: opens one directory, serves it, and dies with its parent. Nothing else
// of the product runs here, so that a crash of the engine takes nothing with it.

import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { drainPending, Session } from 'chdb';
import {
  type FromEngine,
  type OpenEngine,
  RUNNING_MARKER,
  type ToEngine,
} from './engineMessage.ts';
import { type EngineServer, serveEngine } from './serveEngine.ts';

/** Keeps the engine open between requests: it closes with its last session. */
let anchor: Session | undefined;
let served: EngineServer | undefined;
let marker = '';

process.on('message', (message: ToEngine) => {
  if (message.type === 'open') open(message).catch(fail);
  else stop(message.drainMs).catch(fail);
});

// The parent is gone, by whatever death: nobody will read an answer, and the directory must be free
// for the next start. The engine bears a kill at any moment; a polite exit could wait on a query.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

// Ctrl-C reaches the whole process group: the parent decides how to stop.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

async function open(message: OpenEngine): Promise<void> {
  mkdirSync(message.directory, { recursive: true });
  anchor = new Session(message.directory);
  await anchor.queryAsync('SELECT 1');
  marker = join(message.directory, RUNNING_MARKER);
  const unclean = existsSync(marker);
  writeFileSync(marker, String(process.ppid));
  served = serveEngine(message.directory, message.password, message.limits);
  const { server } = served;
  server.listen(message.port, '127.0.0.1');
  await once(server, 'listening');
  send({ type: 'ready', port: (server.address() as AddressInfo).port, unclean }); // A TCP server's is one.
}

async function stop(drainMs: number): Promise<void> {
  const { server, idle, abort } = served ?? {};
  server?.close();
  server?.closeIdleConnections();
  const late = setTimeout(() => abort?.(), drainMs);
  await idle?.();
  clearTimeout(late);
  await drainPending();
  anchor?.close();
  await drainPending();
  if (marker !== '') rmSync(marker, { force: true });
  process.exit(0);
}

/** What failed cannot be mended here: the parent hears of it, and decides whether to start again. */
function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  send({ type: 'failed', message }, () => process.exit(1));
}

function send(message: FromEngine, sent: () => void = () => undefined): void {
  process.send?.(message, sent);
}
