// The origin that knows the truth: it serves files and what is made on demand, logs every request with
// its times, and spoils answers as a rule says, so that a real player really stalls. It takes no beacon.
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { type Asked, type Entry, type Fault, type Served, send } from './send.ts';

export type { Asked, Fault, Served } from './send.ts';

/** What is to go wrong with a request; undefined: nothing. */
export type Rule = (asked: Asked) => Fault | undefined;

export interface Resource {
  readonly type: string;
  readonly body: Uint8Array;
}

export interface Origin {
  readonly url: string;
  /** Every request since the start, in the order in which they came. */
  readonly served: readonly Served[];
  /** Holds for the requests that come from here on. */
  obey(rule: Rule): void;
  /** Lets all that is held go on, and ends the rule. */
  release(): void;
  close(): Promise<void>;
}

export interface OriginOptions {
  /** URL prefix → folder; the longest prefix wins. */
  readonly roots?: Readonly<Record<string, string>>;
  /** Asked first: what is made on demand. Undefined: not one of these. */
  readonly make?: (path: string) => Promise<Resource | undefined> | Resource | undefined;
  /** `no-store` unless given: with it, browsers keep no page for the way back. */
  readonly cacheControl?: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.mpd': 'application/dash+xml',
  '.m4s': 'video/iso.segment',
  '.mp4': 'video/mp4',
};

export async function startOrigin(options: OriginOptions): Promise<Origin> {
  const { roots = {}, make, cacheControl = 'no-store' } = options;
  const served: Entry[] = [];
  let rule: Rule = () => undefined;
  let waiting: (() => void)[] = [];
  const released = () => new Promise<void>((resolve) => waiting.push(resolve));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('cache-control', cacheControl);
    const path = new URL(request.url ?? '/', 'http://origin').pathname;
    const entry: Entry = { path, at: Date.now(), status: 0, bytes: 0 };
    served.push(entry);
    const resource = (await make?.(path)) ?? (await readFrom(roots, path));
    const sizeBytes = resource?.body.length ?? 0;
    const [fromByte, toByte] = toRange(request.headers.range, sizeBytes);
    const times = served.filter((one) => one.path === path).length;
    const fault = rule({ path, fromByte, sizeBytes, times }) ?? {};
    const ranged = request.headers.range !== undefined;
    await send(response, { entry, resource, fault, fromByte, toByte, ranged, released });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    served,
    obey(next) {
      rule = next;
    },
    release() {
      rule = () => undefined;
      for (const go of waiting.splice(0)) go();
    },
    close() {
      waiting = [];
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function readFrom(
  roots: Readonly<Record<string, string>>,
  path: string,
): Promise<Resource | undefined> {
  const prefix = Object.keys(roots)
    .filter((candidate) => path.startsWith(candidate))
    .sort((a, b) => b.length - a.length)[0];
  if (prefix === undefined) return undefined;
  const rest = normalize(decodeURIComponent(path.slice(prefix.length)) || 'index.html');
  if (rest.startsWith('..')) return undefined;
  const file = join(roots[prefix] ?? '', rest);
  const info = await stat(file).catch(() => undefined); // Not there: 404.
  if (!info?.isFile()) return undefined;
  return { type: toType(file), body: await readFile(file) };
}

export function toType(path: string): string {
  return TYPES[extname(path)] ?? 'application/octet-stream';
}

function toRange(header: string | undefined, size: number): [from: number, to: number] {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (match === null) return [0, size - 1];
  const to = match[2] === '' || match[2] === undefined ? size - 1 : Number(match[2]);
  return [Number(match[1]), Math.min(to, size - 1)];
}
