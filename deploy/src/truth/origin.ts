// The origin that knows the truth: it serves the sample page and its media, logs every request with
// its times, and can hold media back so that a real player really stalls. It takes no beacon.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

export interface Served {
  readonly path: string;
  readonly at: number;
  status: number;
  bytes: number;
  /** Epoch ms; absent while it is under way or when the player gave it up. */
  doneAt?: number;
}

export interface Origin {
  readonly url: string;
  readonly served: readonly Served[];
  /**
   * Holds back what the rule names: the share of a response from which on its bytes wait (0: all of
   * it, 1: none). Until release().
   */
  hold(rule: (path: string, fromByte: number, sizeBytes: number) => number): void;
  release(): void;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.m4s': 'video/iso.segment',
  '.mp4': 'video/mp4',
};

/** `roots`: URL prefix → folder; the longest prefix wins. */
export async function startOrigin(roots: Readonly<Record<string, string>>): Promise<Origin> {
  const served: Served[] = [];
  let rule: Parameters<Origin['hold']>[0] = () => 1;
  let waiting: (() => void)[] = [];
  const released = () => new Promise<void>((resolve) => waiting.push(resolve));

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://origin');
    const entry: Served = { path: url.pathname, at: Date.now(), status: 0, bytes: 0 };
    served.push(entry);
    const file = toFile(roots, url.pathname);
    const info = file === undefined ? undefined : await stat(file).catch(() => undefined);
    if (file === undefined || !info?.isFile()) {
      entry.status = 404;
      response.writeHead(404).end();
      return;
    }
    const [from, to] = toRange(request.headers.range, info.size);
    entry.status = request.headers.range === undefined ? 200 : 206;
    response.writeHead(entry.status, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-length': to - from + 1,
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'timing-allow-origin': '*',
      ...(entry.status === 206 && { 'content-range': `bytes ${from}-${to}/${info.size}` }),
    });
    response.flushHeaders();
    const share = rule(url.pathname, from, info.size);
    const free = from + Math.floor((to - from + 1) * share);
    if (free > from) await send(file, response, { from, to: free - 1, entry });
    if (free <= to) {
      await released();
      await send(file, response, { from: free, to, entry });
    }
    response.end(() => {
      entry.doneAt = Date.now();
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    served,
    hold(next) {
      rule = next;
    },
    release() {
      rule = () => 1;
      const free = waiting;
      waiting = [];
      for (const go of free) go();
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function send(
  file: string,
  response: ServerResponse,
  { from, to, entry }: { from: number; to: number; entry: Served },
): Promise<void> {
  return new Promise((resolve) => {
    const stream = createReadStream(file, { start: from, end: to });
    stream.on('data', (chunk) => {
      entry.bytes += chunk.length;
    });
    stream.on('end', resolve);
    response.once('close', () => stream.destroy()); // The player gave it up.
    stream.on('close', resolve);
    stream.pipe(response, { end: false });
  });
}

function toFile(roots: Readonly<Record<string, string>>, path: string): string | undefined {
  const prefix = Object.keys(roots)
    .filter((candidate) => path.startsWith(candidate))
    .sort((a, b) => b.length - a.length)[0];
  if (prefix === undefined) return undefined;
  const rest = normalize(decodeURIComponent(path.slice(prefix.length)) || 'index.html');
  return rest.startsWith('..') ? undefined : join(roots[prefix] ?? '', rest);
}

function toRange(header: string | undefined, size: number): [from: number, to: number] {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (match === null) return [0, size - 1];
  const to = match[2] === '' || match[2] === undefined ? size - 1 : Number(match[2]);
  return [Number(match[1]), Math.min(to, size - 1)];
}
