// A server that speaks the API's messages and serves the built console, for the browser tests. Its
// figures are made from a scenario and a fixed seed; it listens on loopback, on a free port.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { type LiveRequest, liveMessage } from './fixtureLive.ts';
import type { Scenario } from './fixtureScenario.ts';
import { statusOf } from './fixtureStatus.ts';
import { viewOf, viewsPage } from './fixtureViews.ts';

/** The policy that the console must work under; the API sends the same. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'";

export const TOKEN = 'rt_fixture';

const PUSH_MS = 1_000;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface FixtureServer {
  readonly url: string;
  /** Every request line that came, for tests about what an address may hold. */
  readonly requested: readonly string[];
  /** What the newest live connection asked for. */
  readonly asked: readonly LiveRequest[];
  set(scenario: Scenario): void;
  /** Cuts every live connection and refuses new ones until told otherwise. */
  cut(cut: boolean): void;
  close(): Promise<void>;
}

/** Serves the console that was built into the folder `dist`. */
export async function startFixtureServer(first: Scenario, dist: string): Promise<FixtureServer> {
  let scenario = first;
  let isCut = false;
  const requested: string[] = [];
  const asked: LiveRequest[] = [];
  const sockets = new Set<WebSocket>();
  const server = createServer((request, response) => {
    requested.push(request.url ?? '');
    void answer(request, response, { scenario, dist });
  });
  const live = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (isCut) return socket.destroy();
    live.handleUpgrade(request, socket, head, (opened) => {
      sockets.add(opened);
      serveLive(opened, () => scenario, asked);
      opened.on('close', () => sockets.delete(opened));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, // Listening on a port by now.
    requested,
    asked,
    set: (next) => {
      scenario = next;
    },
    cut: (cut) => {
      isCut = cut;
      if (cut) for (const socket of sockets) socket.terminate();
    },
    close: () => closeAll(server, live, sockets),
  };
}

function serveLive(socket: WebSocket, scenario: () => Scenario, asked: LiveRequest[]): void {
  let request: LiveRequest | null = null;
  const push = (): void => {
    if (request === null) return;
    if (request.token !== undefined && request.token !== TOKEN) {
      socket.send(
        JSON.stringify({ type: 'error', code: 'unauthorized', message: 'No.', remedy: 'Sign in.' }),
      );
      return;
    }
    socket.send(JSON.stringify(liveMessage(scenario(), request, Date.now())));
  };
  const timer = setInterval(push, PUSH_MS);
  socket.on('close', () => clearInterval(timer));
  socket.on('message', (data) => {
    request = { ...request, ...(JSON.parse(String(data)) as LiveRequest) };
    asked.push(request);
    push();
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { scenario, dist }: { readonly scenario: Scenario; readonly dist: string },
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fixture');
  if (!url.pathname.startsWith('/api/'))
    return sendFile(response, join(dist, toFile(url.pathname)));
  if (request.headers.authorization !== `Bearer ${TOKEN}`) {
    return sendJson(response, 401, {
      code: 'unauthorized',
      message: 'A valid read token is needed.',
      remedy: 'Sign in with the property’s read token.',
    });
  }
  if (scenario === 'failing') {
    return sendJson(response, 503, {
      code: 'engine_unavailable',
      message: 'The engine does not answer.',
      remedy: 'It is being started again; try in a few seconds.',
    });
  }
  const id = /^\/api\/views\/([^/]+)$/.exec(url.pathname)?.[1];
  if (url.pathname === '/api/status') return sendJson(response, 200, statusOf(scenario));
  if (url.pathname === '/api/views') {
    return sendJson(response, 200, viewsPage(scenario, url.searchParams, Date.now()));
  }
  const view = id === undefined ? null : viewOf(scenario, id, Date.now());
  if (view !== null) return sendJson(response, 200, view);
  return sendJson(response, 404, {
    code: 'view_not_found',
    message: 'There is no view with this id.',
    remedy: 'Check the id; views are kept for a limited time.',
  });
}

/** A path without an ending is one of the console's pages. */
function toFile(path: string): string {
  return extname(path) === '' ? 'index.html' : normalize(path);
}

async function sendFile(response: ServerResponse, file: string): Promise<void> {
  try {
    const body = await readFile(file);
    response.writeHead(200, {
      'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': CONTENT_SECURITY_POLICY,
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function closeAll(
  server: Server,
  live: WebSocketServer,
  sockets: ReadonlySet<WebSocket>,
): Promise<void> {
  for (const socket of sockets) socket.terminate();
  live.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
