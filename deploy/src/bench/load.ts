// The load: keep-alive connections with one request under way on each, as a proxy or a CDN would send
// them. Raw sockets and requests made beforehand, so that the sender is never the bottleneck.
import { connect, type Socket } from 'node:net';

export interface LoadOptions {
  readonly port: number;
  /** Whole requests, head and body; sent in turn. */
  readonly requests: readonly Uint8Array[];
  readonly connections: number;
  readonly durationMs: number;
}

export interface LoadResult {
  readonly answers: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** @throws At the first answer that is not 2xx: a refused request costs less than a taken one. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { connections, durationMs } = options;
  const startedAt = performance.now();
  const endsAt = startedAt + durationMs;
  const latencies: number[] = [];
  let next = 0;
  const take = () => {
    next = (next + 1) % options.requests.length;
    return options.requests[next] ?? NOTHING;
  };
  await Promise.all(
    Array.from({ length: connections }, (_, index) =>
      runConnection({ port: options.port, index, endsAt, take, latencies }),
    ),
  );
  const tookMs = performance.now() - startedAt;
  latencies.sort((a, b) => a - b);
  const quantile = (q: number) => latencies[Math.floor(latencies.length * q)] ?? Number.NaN;
  return {
    answers: latencies.length,
    perSecond: (latencies.length * 1000) / tookMs,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
  };
}

const NOTHING = new Uint8Array(0);

interface Connection {
  readonly port: number;
  readonly index: number;
  readonly endsAt: number;
  readonly take: () => Uint8Array;
  readonly latencies: number[];
}

function runConnection({ port, index, endsAt, take, latencies }: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    // Senders of many addresses, for loopback has a whole /8 of them.
    const socket = connect({ host: '127.0.0.1', port, localAddress: toLoopback(index) });
    let sentAt = 0;
    let received = '';
    const send = () => {
      sentAt = performance.now();
      socket.write(take());
    };
    socket.setNoDelay(true).once('connect', send).once('error', reject);
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (!isWhole(received)) return;
      if (!received.startsWith('HTTP/1.1 2')) return fail(socket, reject, received);
      received = '';
      const now = performance.now();
      latencies.push(now - sentAt);
      if (now < endsAt) send();
      else socket.end(resolve);
    });
  });
}

function fail(socket: Socket, reject: (error: Error) => void, answer: string): void {
  socket.destroy();
  reject(new Error(`expected 2xx, came ${answer}`));
}

/** One answer is under way on a connection, so the first head's length tells its end. */
function isWhole(answer: string): boolean {
  const headEnd = answer.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const length = /content-length: (\d+)/i.exec(answer);
  return answer.length >= headEnd + 4 + Number(length?.[1] ?? 0);
}

function toLoopback(index: number): string {
  return process.platform === 'linux' ? `127.0.${index >> 7}.${(index & 127) + 1}` : '127.0.0.1';
}
