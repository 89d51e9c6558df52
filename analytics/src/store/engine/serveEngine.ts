// The engine behind ClickHouse's HTTP shape, on loopback: authentication, bodies, statuses, headers.
// It never looks at what a statement says beyond its kind.
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createGunzip } from 'node:zlib';
import { EngineFault, toEngineFault } from './engineFault.ts';
import type { EngineLimits } from './engineMessage.ts';
import { parseRequest } from './parseRequest.ts';
import { createQueryGate, type QueryGate } from './queryGate.ts';
import { type Answer, runStatement } from './runStatement.ts';

export interface EngineServer {
  readonly server: Server;
  /** Resolves when no statement runs or waits. */
  idle(): Promise<void>;
  /** Kills what runs. */
  abort(): void;
}

/** Longer than clients keep an idle socket, so that none writes into a closing one. */
const KEEP_ALIVE_MS = 65_000;

export function serveEngine(
  directory: string,
  password: string,
  limits: EngineLimits,
): EngineServer {
  const gates = {
    write: createQueryGate(limits.writers, limits.queue),
    read: createQueryGate(limits.readers, limits.queue),
  };
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  const server = createServer((request, response) => {
    const done = answerRequest({ request, response, directory, password, limits, gates, stopping });
    running.add(done);
    done.finally(() => running.delete(done));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return {
    server,
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
    abort: () => stopping.abort(new EngineFault(394, 'the engine stops', 'QUERY_WAS_CANCELLED')),
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly directory: string;
  readonly password: string;
  readonly limits: EngineLimits;
  readonly gates: { readonly write: QueryGate; readonly read: QueryGate };
  readonly stopping: AbortController;
}

/** Never rejects: whatever goes wrong is answered. */
async function answerRequest(exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const url = new URL(request.url ?? '/', 'http://engine');
  const tag = randomBytes(8).toString('hex');
  try {
    if (url.pathname === '/ping') return void response.end('Ok.\n');
    if (url.pathname !== '/')
      throw new EngineFault(36, `no such path: ${url.pathname}`, 'BAD_ARGUMENTS');
    checkPassword(request, url.searchParams, exchange.password);
    await runRequest(exchange, url.searchParams, tag);
    response.end();
  } catch (error) {
    refuse(response, toEngineFault(error), tag);
  }
}

async function runRequest(exchange: Exchange, search: URLSearchParams, tag: string): Promise<void> {
  const { request, response, directory, limits, gates, stopping } = exchange;
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished)
      gone.abort(new EngineFault(394, 'the client left', 'QUERY_WAS_CANCELLED'));
  });
  const signal = AbortSignal.any([gone.signal, stopping.signal]);
  const body = await readBody(request, limits.bodyBytes);
  const parsed = parseRequest({
    search,
    headers: request.headers,
    body,
    defaults: toDefaults(limits),
  });
  const { statement } = parsed;
  const reads = statement.kind === 'select' || (statement.kind === 'other' && statement.reads);
  const answer = toAnswer(response, {
    'X-ClickHouse-Query-Id': parsed.queryId === '' ? randomUUID() : parsed.queryId,
    'X-ClickHouse-Format': statement.format,
    'X-ClickHouse-Timezone': 'UTC',
    'X-ClickHouse-Exception-Tag': tag,
    'Content-Type': statement.format.startsWith('JSON')
      ? 'application/json; charset=UTF-8'
      : 'text/plain; charset=UTF-8',
  });
  await (reads ? gates.read : gates.write).run(signal, () =>
    runStatement(directory, parsed, { answer, signal }),
  );
}

/** What every statement runs under, unless the request says otherwise. */
function toDefaults(limits: EngineLimits): Record<string, string> {
  return {
    max_execution_time: String(limits.executionS),
    max_memory_usage: String(limits.memoryBytes),
    async_insert: '0',
    output_format_json_quote_64bit_integers: '0',
  };
}

function toAnswer(response: ServerResponse, headers: Readonly<Record<string, string>>): Answer {
  return {
    begin({ writtenRows, writtenBytes }) {
      const summary = {
        read_rows: '0',
        read_bytes: '0',
        written_rows: String(writtenRows),
        written_bytes: String(writtenBytes),
        total_rows_to_read: '0',
        result_rows: '0',
        result_bytes: '0',
        elapsed_ns: '0',
      };
      response.writeHead(200, { ...headers, 'X-ClickHouse-Summary': JSON.stringify(summary) });
    },
    async write(bytes) {
      if (response.write(bytes) || response.destroyed) return;
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    },
  };
}

/** Before the status: a typed answer. After it: the block that ClickHouse ends a broken stream with. */
function refuse(response: ServerResponse, fault: EngineFault, tag: string): void {
  const text = fault.toText();
  if (!response.headersSent) {
    response.writeHead(fault.status, { 'X-ClickHouse-Exception-Code': String(fault.code) });
    response.end(text);
    return;
  }
  const length = Buffer.byteLength(text);
  response.end(`\r\n__exception__\r\n${tag}\r\n${text}${length} ${tag}\r\n__exception__\r\n`);
}

function checkPassword(request: IncomingMessage, search: URLSearchParams, password: string): void {
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const credentials = basic === undefined ? '' : Buffer.from(basic, 'base64').toString('utf8');
  const given =
    basic === undefined
      ? String(request.headers['x-clickhouse-key'] ?? search.get('password') ?? '')
      : credentials.slice(credentials.indexOf(':') + 1);
  if (!timingSafeEqual(digest(given), digest(password))) {
    throw new EngineFault(
      516,
      'Authentication failed: password is incorrect',
      'AUTHENTICATION_FAILED',
    );
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const gzip = request.headers['content-encoding'] === 'gzip';
  const stream = gzip ? request.pipe(createGunzip()) : request;
  if (gzip) request.once('error', (error) => stream.destroy(error));
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    // No encoding is set: parts are buffers.
    size += part.length;
    if (size > limit)
      throw new EngineFault(191, `the body is over ${limit} bytes`, 'SET_SIZE_LIMIT_EXCEEDED');
    parts.push(part);
  }
  return parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts, size);
}
