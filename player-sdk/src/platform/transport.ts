// Carries bodies over HTTP, so that no request needs a preflight: text/plain, no header of ours, no
// cookie where fetch lets us say so. Whatever the browser throws or lacks becomes status 0 or false.
import type { Answer, Transport } from '../contract/transport.ts';

/** After it, the outcome is unknown. */
export const REQUEST_LIMIT_MS = 20_000;

export interface BrowserTransport extends Transport {
  get(url: string, done: (answer: Answer) => void): void;
}

type Done = (answer: Answer) => void;

interface Request {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string;
}

export function createTransport(
  scope: Window & typeof globalThis,
  now: () => number,
): BrowserTransport {
  const send = (request: Request, done: Done): void => {
    const settle = once(scope, now, done);
    if (typeof scope.fetch === 'function') viaFetch(scope, request, settle);
    else viaXhr(scope, request, settle);
  };
  return {
    get: (url, done) => send({ method: 'GET', url }, done),
    post: (url, body, done) => send({ method: 'POST', url, body }, done),
    beacon: (url, body) => attempt(() => scope.navigator.sendBeacon(url, body)),
    keepalive(url, body) {
      if (typeof scope.Request !== 'function' || !('keepalive' in scope.Request.prototype))
        return false;
      // Nobody is left to read how it ends.
      return attempt(() => {
        scope.fetch(url, { ...INIT, method: 'POST', body, keepalive: true }).catch(() => undefined);
        return true;
      });
    },
  };
}

const INIT = { credentials: 'omit', cache: 'no-store', mode: 'cors' } as const;

type Settle = (status: number, body?: string, retryAfter?: string | null) => void;

/** Calls `done` once, at the latest when the time is up, and tells the request to end then. */
function once(
  scope: Window & typeof globalThis,
  now: () => number,
  done: Done,
): Settle & { end?: () => void } {
  const sentAt = now();
  let open = true;
  const settle: Settle & { end?: () => void } = (status, body = '', retryAfter) => {
    if (!open) return;
    open = false;
    scope.clearTimeout(timer);
    const answer = { status, body, rttMs: now() - sentAt };
    done(typeof retryAfter === 'string' ? { ...answer, retryAfter } : answer);
  };
  const timer = scope.setTimeout(() => {
    settle(0);
    settle.end?.();
  }, REQUEST_LIMIT_MS);
  return settle;
}

function viaFetch(
  scope: Window & typeof globalThis,
  request: Request,
  settle: ReturnType<typeof once>,
): void {
  const { url, ...init } = request;
  const abort =
    typeof scope.AbortController === 'function' ? new scope.AbortController() : undefined;
  if (abort !== undefined) settle.end = () => abort.abort();
  const fail = (): void => settle(0);
  attempt(() => {
    scope
      .fetch(url, { ...INIT, ...init, ...(abort && { signal: abort.signal }) })
      .then((response) =>
        response
          .text()
          .then((body) => settle(response.status, body, response.headers.get('retry-after'))),
      )
      .catch(fail);
    return true;
  }) || fail();
}

/** No listener on `upload`: it would ask for a preflight. */
function viaXhr(
  scope: Window & typeof globalThis,
  { method, url, body }: Request,
  settle: ReturnType<typeof once>,
): void {
  attempt(() => {
    const xhr = new scope.XMLHttpRequest();
    settle.end = () => xhr.abort();
    xhr.onload = () => settle(xhr.status, xhr.responseText, xhr.getResponseHeader('retry-after'));
    xhr.onerror = () => settle(0);
    xhr.onabort = () => settle(0);
    xhr.open(method, url);
    xhr.send(body ?? null);
    return true;
  }) || settle(0);
}

/** Blocked, missing and broken browser functions all mean the same here: it was not sent. */
function attempt(send: () => boolean): boolean {
  try {
    return send();
  } catch {
    return false;
  }
}
