// A collector that answers as the real one does and keeps every request as it came, so that a bench can
// count bytes and read rows. It can be cut off like a network. It stores nothing on disk.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { type Acceptance, LIMITS, type Refusal } from '@retour/player-sdk/contract';

/** One POST, as it came. */
export interface Came {
  /** Without the query. */
  readonly path: string;
  /** Epoch ms at which its last byte was here. */
  readonly at: number;
  /** Sent at unload: `u=1`. */
  readonly unload: boolean;
  /** On the wire, head not counted. */
  readonly sentBytes: number;
  /** Before compression. */
  readonly text: string;
  readonly status: number;
}

export interface RecordingCollector {
  readonly url: string;
  readonly came: readonly Came[];
  /** As a network does: whatever is open breaks, and nothing new is answered. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export interface RecordingOptions {
  /** What the settings ask for. */
  readonly heartbeatMs: number;
}

const OPEN = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'content-type': 'application/json',
};

export async function startRecordingCollector({
  heartbeatMs,
}: RecordingOptions): Promise<RecordingCollector> {
  const came: Came[] = [];
  let isCut = false;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://collector');
    if (request.method !== 'POST') {
      const settings = { time: Date.now(), heartbeatMs, sampling: 1, privacy: 'consented' };
      response.writeHead(200, OPEN).end(JSON.stringify(settings));
      return;
    }
    const body = await readBody(request);
    if (isCut) return;
    const at = Date.now();
    const sent = url.searchParams.get('s');
    const unload = url.searchParams.get('u') === '1';
    const isOff = sent !== null && Math.abs(at - Number(sent)) > LIMITS.clockSkewMs;
    const status = isOff && !unload ? 409 : 202;
    const text = (isGzip(body) ? gunzipSync(body) : body).toString('utf8');
    came.push({ path: url.pathname, at, unload, sentBytes: body.length, text, status });
    const time = Date.now();
    const said: Acceptance | Pick<Refusal, 'code' | 'time'> =
      status === 202 ? { accepted: 1, rejected: 0, time } : { code: 'clock', time };
    response.writeHead(status, OPEN).end(JSON.stringify(said));
  }

  const server = createServer((request, response) => {
    if (isCut) request.socket.destroy();
    else answer(request, response).catch(() => response.destroy()); // The sender gave up half-way.
  });
  server.on('connection', (socket) => {
    if (isCut) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    came,
    cut() {
      isCut = true;
      server.closeAllConnections();
    },
    mend() {
      isCut = false;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function isGzip(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b;
}
