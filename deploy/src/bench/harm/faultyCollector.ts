// A collector that misbehaves in one chosen way for each path: what a player's page may meet in the
// worst week. It stores nothing.
import { createServer, type ServerResponse } from 'node:http';
import type { Acceptance } from '@retour/player-sdk/contract';

/** What it does with every request below `/NAME/…`, beside taking the body. */
const FAULTS = {
  none: (response: ServerResponse, method: string | undefined) =>
    answer(response, method === 'POST' ? toAcceptance() : toSettings()),
  hangs: () => undefined,
  garbage: (response: ServerResponse) => answer(response, { body: '\u0000{"time":"no",[[[<html>' }),
  fails: (response: ServerResponse) => answer(response, { status: 500, body: 'no' }),
  'two megabytes': (response: ServerResponse) => answer(response, { body: TWO_MEGABYTES }),
  redirects: (response: ServerResponse) =>
    answer(response, { status: 302, head: { location: '/none/away' } }),
  'slow loris': (response: ServerResponse) => {
    response.writeHead(200, { ...OPEN, 'content-length': 5_000 });
    const drip = setInterval(() => response.write(' '), 100);
    response.once('close', () => clearInterval(drip));
  },
  'closes the connection': (response: ServerResponse) => response.destroy(),
} as const satisfies Record<
  string,
  (response: ServerResponse, method: string | undefined) => unknown
>;

function toAcceptance(): Answer {
  const acceptance: Acceptance = { accepted: 1, rejected: 0, time: Date.now() };
  return { status: 202, body: JSON.stringify(acceptance) };
}

/** With the shortest heartbeat that the SDK obeys. */
function toSettings(): Answer {
  const settings = { time: Date.now(), heartbeatMs: 5_000, sampling: 1, privacy: 'consented' };
  return { body: JSON.stringify(settings) };
}

export type CollectorFault = keyof typeof FAULTS;

export const COLLECTOR_FAULTS = Object.keys(FAULTS) as CollectorFault[]; // Of the table above.

const OPEN = { 'access-control-allow-origin': '*', 'content-type': 'text/plain' };
const TWO_MEGABYTES = `{"time":1,"rubbish":"${'x'.repeat(2 * 1024 * 1024)}"}`;

export interface FaultyCollector {
  readonly url: string;
  /** Requests that came, by fault. */
  readonly came: Readonly<Partial<Record<CollectorFault, number>>>;
  close(): Promise<void>;
}

export async function startFaultyCollector(): Promise<FaultyCollector> {
  const came: Partial<Record<CollectorFault, number>> = {};
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url?.split('/')[1] ?? '');
    const fault = COLLECTOR_FAULTS.find((known) => known === name) ?? 'none';
    came[fault] = (came[fault] ?? 0) + 1;
    request.resume();
    request.once('end', () => FAULTS[fault](response, request.method));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    came,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Answer {
  readonly status?: number;
  readonly body?: string;
  readonly head?: Readonly<Record<string, string>>;
}

function answer(response: ServerResponse, { status = 200, body = '', head = {} }: Answer): void {
  response.writeHead(status, { ...OPEN, ...head }).end(body);
}
