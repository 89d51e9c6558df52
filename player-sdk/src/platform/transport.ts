// Carries bodies over HTTP, so that no request needs a preflight: text/plain, no header of ours, no
// cookie where fetch lets us say so. Whatever the browser throws or lacks becomes status 0 or false.
import { LIMITS } from '../contract/limits.ts';
import { sizeBytes } from '../contract/sizeBytes.ts';
import type { Answer, Transport } from '../contract/transport.ts';
import { ANSWER_CHARS } from './settings.ts';

/** After it, the outcome is unknown. */
export const REQUEST_LIMIT_MS = 20_000;

/** Bodies below it are not worth the trip through the compressor, characters. */
const COMPRESS_FROM = 500;

/** What was handed over at unload counts as in flight, all of it, until nothing more was for so long, ms. */
const UNREAD_MS = 5_000;

export interface BrowserTransport extends Transport {
  /** Answers what calls it off. */
  get(url: string, done: (answer: Answer) => void): () => void;
}

/** Of all monitors of the page together: browsers bound what they carry for a page that ends. */
const unread = { bytes: 0, at: 0 };

export function createTransport(
  scope: Window & typeof globalThis,
  now: () => number,
): BrowserTransport {
  function request(
    url: string,
    body: string | undefined,
    done: (answer: Answer) => void,
  ): () => void {
    let sentAt = now();
    let over = false;
    // Where it is missing, a request that takes too long is left to itself.
    const abort = scope.AbortController && new scope.AbortController();
    const signal = abort ? abort.signal : null;
    const settle = (status: number, text: string, retryAfter: string | null): void => {
      if (over) return;
      over = true;
      scope.clearTimeout(timer);
      done({ status, body: text, rttMs: now() - sentAt, retryAfter });
    };
    const fail = (): void => settle(0, '', null);
    const cancel = (): void => {
      fail();
      if (abort) abort.abort(); // What is still being compressed is not sent.
    };
    const timer = scope.setTimeout(cancel, REQUEST_LIMIT_MS);
    compress(scope, body)
      .then((payload) => {
        if (over) return Promise.reject();
        sentAt = now();
        return scope.fetch(url, toInit(payload, signal));
      })
      .then((response) =>
        readText(scope, response).then((text) =>
          settle(response.status, text, response.headers.get('retry-after')),
        ),
      )
      .catch(fail);
    return cancel;
  }

  return {
    get: (url, done) => request(url, undefined, done),
    post: request,
    leave(url, body, last) {
      const bytes = sizeBytes(body);
      if (now() - unread.at > UNREAD_MS) unread.bytes = 0;
      if (unread.bytes + bytes > LIMITS.unloadBytes) return false;
      const taken =
        attempt(() => scope.navigator.sendBeacon(url, body)) ||
        (last &&
          attempt(() => {
            // Nobody is left to read how it ends.
            scope.fetch(url, toInit(body, null, true)).catch(() => undefined);
            return true;
          }));
      if (taken) {
        unread.bytes += bytes;
        unread.at = now();
      }
      return taken;
    },
  };
}

/** A redirect is none of ours: followed, a POST would arrive as a GET and be taken for accepted. */
function toInit(
  body: string | ArrayBuffer | undefined,
  signal: AbortSignal | null,
  keepalive = false,
): RequestInit {
  return {
    method: body ? 'POST' : 'GET',
    body: body || null,
    // As a text has by itself: the request stays a simple one.
    headers: typeof body === 'object' ? { 'content-type': 'text/plain' } : {},
    credentials: 'omit',
    referrerPolicy: 'origin', // To a collector of its own origin, a page would else tell its query.
    cache: 'no-store',
    redirect: 'error',
    keepalive,
    signal,
  };
}

/** As gzip, told by its magic bytes, where the browser can and the body gains. */
function compress(
  scope: Window & typeof globalThis,
  text: string | undefined,
): Promise<string | ArrayBuffer | undefined> {
  return Promise.resolve()
    .then(() => {
      if (!text || text.length < COMPRESS_FROM) return text;
      const packer = new scope.CompressionStream('gzip');
      const writer = packer.writable.getWriter();
      // Written by hand: a Response's body, or a Blob, goes through another process before it is piped.
      writer.write(new scope.TextEncoder().encode(text)).catch(ignore);
      writer.close().catch(ignore);
      return new scope.Response(packer.readable)
        .arrayBuffer()
        .then((bytes) => (bytes.byteLength < text.length ? bytes : text));
    })
    .catch(() => text); // Missing or broken: the body goes as it is.
}

/** Nothing of what is longer than any answer of a collector: no more of it is fetched, where the player's first segments are due. */
function readText(scope: Window & typeof globalThis, response: Response): Promise<string> {
  const { body, headers } = response;
  const length = Number(headers.get('content-length') || ANSWER_CHARS);
  if (length < ANSWER_CHARS || !body || !scope.TextDecoder) return response.text();
  const reader = body.getReader();
  const decoder = new scope.TextDecoder();
  let text = '';
  const read = (): Promise<string> =>
    reader.read().then(({ done, value }) => {
      text += decoder.decode(value, { stream: !done });
      if (done) return text;
      if (text.length < ANSWER_CHARS) return read();
      reader.cancel().catch(ignore);
      return '';
    });
  return read();
}

/** The other end of the stream tells of it. */
function ignore(): void {}

/** Blocked, missing and broken browser functions all mean the same here: it was not sent. */
function attempt(send: () => boolean): boolean {
  try {
    return send();
  } catch {
    return false;
  }
}
