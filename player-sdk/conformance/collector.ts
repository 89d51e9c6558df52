// Stands where the SDK under test sends to: another origin than the page's, which takes and keeps
// everything and answers as that SDK's server would. It judges nothing.
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** One request of the SDK under test. */
export interface Captured {
  /** Epoch ms of its arrival. */
  readonly at: number;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Inflated where it came as gzip. */
  readonly body: string;
}

export interface Collector {
  readonly url: string;
  readonly captured: readonly Captured[];
  close(): Promise<void>;
}

/** `respond`: the body of a 200. Requests from any page, with whatever it sends along. */
export async function startCollector(
  respond: (request: Captured) => string = () => '',
): Promise<Collector> {
  const captured: Captured[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      const body = toText(Buffer.concat(chunks));
      const one: Captured = { at: Date.now(), method, url, body };
      if (method !== 'OPTIONS') captured.push(one);
      response.writeHead(200, {
        'access-control-allow-origin': request.headers.origin ?? '*',
        'access-control-allow-credentials': 'true',
        'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
        'access-control-allow-methods': request.headers['access-control-request-method'] ?? '*',
        'content-type': 'application/json',
      });
      response.end(method === 'OPTIONS' ? '' : respond(one));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    captured,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const GZIP_MAGIC = 0x1f8b;

function toText(body: Buffer): string {
  const zipped = body.length > 2 && body.readUInt16BE(0) === GZIP_MAGIC;
  return (zipped ? gunzipSync(body) : body).toString('utf8');
}
