import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../contract/transport.ts';
import { createTransport, REQUEST_LIMIT_MS } from './transport.ts';

type Scope = Window & typeof globalThis;

/** Of a window, only what the transport may use. */
function scopeOf(given: object): Scope {
  const { setTimeout, clearTimeout } = globalThis;
  return { setTimeout, clearTimeout, navigator: {}, ...given } as Scope; // What is absent is under test.
}

const { fetch, AbortController, Request } = globalThis;
const now = (): number => performance.now();
const closing: (() => void)[] = [];

afterEach(() => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) close();
});

function serve(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => answer(request, response, body));
  });
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
      resolve(`http://127.0.0.1:${port}/k`);
    });
  });
}

const post = (scope: Scope, url: string): Promise<Answer> =>
  new Promise((resolve) => createTransport(scope, now).post(url, '{"é":1}', resolve));

describe('createTransport', () => {
  it('posts plain text without a header that needs a preflight, and reads the answer', async () => {
    const seen: unknown[] = [];
    const url = await serve((request, response, body) => {
      const { 'content-type': type, cookie, authorization } = request.headers;
      seen.push({ method: request.method, type, cookie, authorization, body });
      response.writeHead(503, { 'retry-after': '7' }).end('{"code":"stopping"}');
    });
    const answer = await post(scopeOf({ fetch, AbortController }), url);
    expect(answer).toMatchObject({ status: 503, body: '{"code":"stopping"}', retryAfter: '7' });
    expect(answer.rttMs).toBeGreaterThan(0);
    expect(seen).toEqual([{ method: 'POST', type: 'text/plain;charset=UTF-8', body: '{"é":1}' }]);
  });

  it('gets without a body', async () => {
    const url = await serve((request, response) => response.end(request.method));
    const answer = await new Promise((resolve) =>
      createTransport(scopeOf({ fetch }), now).get(url, resolve),
    );
    expect(answer).toMatchObject({ status: 200, body: 'GET' });
  });

  it.each([
    ['the connection breaks', (_: IncomingMessage, response: ServerResponse) => response.destroy()],
    [
      'the answer breaks off',
      (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '100' }).write('{');
        setTimeout(() => response.destroy(), 5);
      },
    ],
  ])('says that the outcome is unknown when %s', async (_, answer) => {
    const url = await serve(answer);
    expect(await post(scopeOf({ fetch, AbortController }), url)).toMatchObject({
      status: 0,
      body: '',
    });
  });

  it.each([
    [
      'throws',
      () => {
        throw new TypeError('blocked');
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('blocked'))],
  ])('bears a fetch that %s', async (_, broken) => {
    expect(await post(scopeOf({ fetch: broken }), 'http://127.0.0.1:1/')).toMatchObject({
      status: 0,
    });
  });

  it('gives up once when the time is up, and aborts', () => {
    vi.useFakeTimers();
    const answers: Answer[] = [];
    let aborted = false;
    const never = (_: string, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          aborted = true;
          reject(new Error('aborted'));
        });
      });
    const scope = scopeOf({ fetch: never, AbortController, setTimeout, clearTimeout });
    createTransport(scope, () => Date.now()).post('/', '1', (answer) => answers.push(answer));
    vi.advanceTimersByTime(REQUEST_LIMIT_MS - 1);
    expect(answers).toEqual([]);
    vi.advanceTimersByTime(REQUEST_LIMIT_MS);
    expect(answers).toEqual([{ status: 0, body: '', rttMs: REQUEST_LIMIT_MS }]);
    expect(aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('uses XMLHttpRequest where there is no fetch, without upload listeners', () => {
    const calls: unknown[] = [];
    class FakeXhr {
      onload = (): void => undefined;
      status = 202;
      responseText = '{}';
      open(...given: unknown[]): void {
        calls.push(given);
      }
      send(body: unknown): void {
        calls.push(body);
        this.onload();
      }
      getResponseHeader = (): null => null;
      get upload(): never {
        throw new Error('a listener on upload asks for a preflight');
      }
    }
    const answers: Answer[] = [];
    createTransport(scopeOf({ XMLHttpRequest: FakeXhr }), () => 3).post('/k', 'x', (answer) =>
      answers.push(answer),
    );
    expect(calls).toEqual([['POST', '/k'], 'x']);
    expect(answers).toEqual([{ status: 202, body: '{}', rttMs: 0 }]);
  });

  it.each<[string, object, boolean]>([
    ['takes it', { sendBeacon: () => true }, true],
    ['refuses it', { sendBeacon: () => false }, false],
    ['lacks it', {}, false],
    [
      'throws',
      {
        sendBeacon: () => {
          throw new Error('blocked');
        },
      },
      false,
    ],
  ])('says what sendBeacon says when the browser %s', (_, navigator, taken) => {
    expect(createTransport(scopeOf({ navigator }), now).beacon('/k', 'x')).toBe(taken);
  });

  it('keeps a fetch alive beyond the page where the browser can, and says where it cannot', async () => {
    const sent: unknown[] = [];
    const spy = (url: string, init: RequestInit) => {
      sent.push([url, init.keepalive, init.credentials, init.headers]);
      return Promise.reject(new Error('the page is gone'));
    };
    expect(createTransport(scopeOf({ fetch: spy, Request }), now).keepalive('/k', 'x')).toBe(true);
    expect(createTransport(scopeOf({ fetch: spy }), now).keepalive('/k', 'x')).toBe(false);
    expect(sent).toEqual([['/k', true, 'omit', undefined]]);
  });
});
