// Stands where the SDK under test sends to: another origin than the page's, which takes and keeps
// everything and answers as that SDK's server would. It judges nothing, and no request can end it.
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** One request of the SDK under test. */
export interface Captured {
  /** Epoch ms of its arrival. */
  readonly at: number;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Inflated where it came as gzip, and can be. */
  readonly body: string;
}

export interface Collector {
  readonly url: string;
  readonly captured: readonly Captured[];
  /** What `respond` threw: those requests were answered with 500. */
  readonly errors: readonly string[];
  /** Whether another request comes within so long: done as it comes. */
  hears(ms: number): Promise<boolean>;
  close(): Promise<void>;
}

/** `respond`: the body of a 200. Requests from any page, with whatever it sends along. */
export async function startCollector(
  respond: (request: Captured) => string = () => '',
): Promise<Collector> {
  const captured: Captured[] = [];
  const errors: string[] = [];
  const heard = new EventEmitter();
  const answer = (request: Captured): string | undefined => {
    try {
      return respond(request);
    } catch (error) {
      errors.push(String(error));
      return undefined;
    }
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      const one: Captured = { at: Date.now(), method, url, body: toText(Buffer.concat(chunks)) };
      const isAsked = method === 'OPTIONS';
      if (!isAsked) captured.push(one);
      const said = isAsked ? '' : answer(one);
      response.writeHead(said === undefined ? 500 : 200, {
        'access-control-allow-origin': request.headers.origin ?? '*',
        'access-control-allow-credentials': 'true',
        'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
        'access-control-allow-methods': request.headers['access-control-request-method'] ?? '*',
        'content-type': 'application/json',
      });
      response.end(said);
      if (!isAsked) heard.emit('request');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    ...{ url: `http://127.0.0.1:${port}`, captured, errors },
    hears: (ms) =>
      once(heard, 'request', { signal: AbortSignal.timeout(Math.max(0, ms)) }).then(
        () => true,
        () => false, // Nothing came.
      ),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const GZIP_MAGIC = 0x1f8b;

function toText(body: Buffer): string {
  const isZipped = body.length > 2 && body.readUInt16BE(0) === GZIP_MAGIC;
  try {
    return (isZipped ? gunzipSync(body) : body).toString('utf8');
  } catch {
    return body.toString('utf8'); // As it came: its reader may say what is wrong with it.
  }
}
