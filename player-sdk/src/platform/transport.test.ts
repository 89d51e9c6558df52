import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../contract/transport.ts';
import { createTransport, REQUEST_LIMIT_MS } from './transport.ts';

type Scope = Window & typeof globalThis;

/** Of a window, only what the transport may use. */
function scopeOf(given: object): Scope {
  const { setTimeout, clearTimeout } = globalThis;
  return { setTimeout, clearTimeout, navigator: {}, ...given } as Scope; // What is absent is under test.
}

const { fetch, AbortController, CompressionStream, Response, TextEncoder } = globalThis;
const now = (): number => performance.now();
const closing: (() => void)[] = [];
/** What a test before this one handed over has left long ago. */
let epoch = 0;
const later = (): (() => number) => {
  epoch += 60_000;
  const at = epoch;
  return () => at;
};

afterEach(() => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) close();
});

function serve(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
  onBytes?: (request: IncomingMessage, bytes: Buffer) => void,
): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      onBytes?.(request, bytes);
      answer(request, response, bytes.toString());
    });
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

const post = (scope: Scope, url: string, body = '{"é":1}'): Promise<Answer> =>
  new Promise((resolve) => createTransport(scope, now).post(url, body, resolve));

describe('createTransport', () => {
  it('takes back what is still being compressed', async () => {
    const sent: string[] = [];
    const url = await serve((_, response, body) => {
      sent.push(body);
      response.end('{}');
    });
    const scope = scopeOf({ fetch, AbortController, CompressionStream, Response, TextEncoder });
    const statuses: number[] = [];
    const big = JSON.stringify('x'.repeat(5_000));
    const cancel = createTransport(scope, now).post(url, big, ({ status }) =>
      statuses.push(status),
    );
    cancel();
    await post(scope, url, JSON.stringify('y'.repeat(50_000))); // Takes longer to compress.
    expect(statuses).toEqual([0]);
    expect(sent).toHaveLength(1);
  });

  it('posts plain text without a header that needs a preflight, and reads the answer', async () => {
    const seen: unknown[] = [];
    const url = await serve((request, response, body) => {
      const { 'content-type': type, cookie, authorization } = request.headers;
      seen.push({ method: request.method, type, cookie, authorization, body });
      response.writeHead(503, { 'retry-after': '7' }).end('{"code":"stopping"}');
    });
    const answer = await post(scopeOf({ fetch, AbortController, TextDecoder }), url);
    expect(answer).toMatchObject({ status: 503, body: '{"code":"stopping"}', retryAfter: '7' });
    expect(answer.rttMs).toBeGreaterThan(0);
    expect(seen).toEqual([{ method: 'POST', type: 'text/plain;charset=UTF-8', body: '{"é":1}' }]);
  });

  it.each([
    ['with its length', (response: ServerResponse, text: string) => response.end(text)],
    [
      'in pieces, a character cut in two',
      (response: ServerResponse, text: string) => {
        const bytes = Buffer.from(text);
        const half = bytes.indexOf('é') + 1;
        response.write(bytes.subarray(0, half), () => response.end(bytes.subarray(half)));
      },
    ],
  ])('reads an answer that comes %s', async (_, give) => {
    const text = `{"message":"refusé","rest":"${'x'.repeat(5_000)}"}`;
    const url = await serve((_, response) => give(response, text));
    const answer = await post(scopeOf({ fetch, AbortController, TextDecoder }), url);
    expect(answer).toMatchObject({ status: 200, body: text });
  });

  it.each([
    ['that says so', 2_000_000],
    ['that does not', undefined],
  ])('stops to read an answer that is too long for one, %s', async (_, length) => {
    let given = 0;
    let close = (): void => undefined;
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const url = await serve((_, response) => {
      response.once('close', close);
      if (length) response.setHeader('content-length', length);
      const give = () => {
        given += 20_000;
        // For ever, unless its reader goes.
        if (!response.destroyed) response.write('x'.repeat(20_000), () => setImmediate(give));
      };
      give();
    });
    const answer = await post(scopeOf({ fetch, AbortController, TextDecoder }), url);
    expect(answer).toMatchObject({ status: 200, body: '' });
    await closed;
    expect(given).toBeLessThan(length ?? 20_000_000);
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

  it('gives up once when the time is up, and aborts', async () => {
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
    await vi.advanceTimersByTimeAsync(REQUEST_LIMIT_MS - 1);
    expect(answers).toEqual([]);
    await vi.advanceTimersByTimeAsync(REQUEST_LIMIT_MS);
    expect(answers).toMatchObject([{ status: 0, body: '', rttMs: REQUEST_LIMIT_MS }]);
    expect(aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives up where there is neither fetch nor AbortController', async () => {
    expect(await post(scopeOf({}), 'http://127.0.0.1:1/')).toMatchObject({ status: 0 });
  });

  it('follows no redirect: it would turn the body into a question, and any page into a yes', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/k') response.writeHead(302, { location: '/login' }).end();
      else response.end('<html>');
    });
    expect(await post(scopeOf({ fetch }), url)).toMatchObject({ status: 0 });
  });

  describe('with a long body', () => {
    const body = JSON.stringify({ rows: Array.from({ length: 300 }, (_, i) => `row ${i}`) });
    const noise = JSON.stringify(randomBytes(6_000).toString('base64'));
    const whole = { fetch, CompressionStream, Response, TextEncoder };
    const broken = class {
      constructor() {
        throw new TypeError('no such format');
      }
    };
    /** A transform that throws, as both ends of a stream tell of it. */
    const failing = class extends TransformStream {
      constructor() {
        super({
          transform() {
            throw new Error('out of memory');
          },
        });
      }
    };
    const send = async (scope: Scope, text: string) => {
      const seen: { type: string | undefined; bytes: Buffer }[] = [];
      const url = await serve(
        (_, response) => response.end(),
        (request, bytes) => seen.push({ type: request.headers['content-type'], bytes }),
      );
      await post(scope, url, text);
      return seen[0];
    };

    it('compresses it, and stays a simple request', async () => {
      const seen = await send(scopeOf(whole), body);
      expect(seen?.type).toBe('text/plain');
      expect(seen?.bytes.length).toBeLessThan(body.length / 2);
      expect(gunzipSync(seen?.bytes ?? '').toString()).toBe(body);
    });

    it.each<[string, object, string]>([
      ['there is no compressor', { fetch, Response }, body],
      ['the compressor is broken', { ...whole, CompressionStream: broken }, body],
      ['the compressor fails', { ...whole, CompressionStream: failing }, body],
      ['the body is short', whole, '{"é":1}'],
    ])('sends it as it is where %s', async (_, given, text) => {
      const seen = await send(scopeOf(given), text);
      expect(seen?.bytes.toString()).toBe(text);
      expect(seen?.type).toBe('text/plain;charset=UTF-8');
    });

    it('compresses what gains only a little too, and never what gains nothing', async () => {
      const random = `"${noise.slice(1, 501)}"`;
      const seen = await send(scopeOf(whole), random);
      expect(seen?.bytes.length).toBeLessThanOrEqual(random.length);
    });
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
    expect(createTransport(scopeOf({ navigator }), later()).leave('/k', 'x', false)).toBe(taken);
  });

  it('keeps a fetch alive beyond the page where nothing else is left to try', () => {
    const sent: unknown[] = [];
    const spy = (url: string, init: RequestInit) => {
      sent.push([url, init.keepalive, init.credentials, init.referrerPolicy, init.headers]);
      return Promise.reject(new Error('the page is gone'));
    };
    const transport = createTransport(scopeOf({ fetch: spy }), later());
    expect(transport.leave('/k', 'x', false)).toBe(false);
    expect(transport.leave('/k', 'x', true)).toBe(true);
    expect(createTransport(scopeOf({}), later()).leave('/k', 'x', true)).toBe(false);
    expect(sent).toEqual([['/k', true, 'omit', 'origin', {}]]);
  });

  it('hands over no more than 60 kB at a time, all monitors of the page together', () => {
    let time = later()();
    const clock = () => time;
    const scope = scopeOf({ navigator: { sendBeacon: () => true } });
    const [one, other] = [createTransport(scope, clock), createTransport(scope, clock)];
    const half = 'x'.repeat(30_000);
    expect([one, other, one].map((each) => each.leave('/k', half, true))).toEqual([
      true,
      true,
      false,
    ]);
    expect(other.leave('/k', 'x'.repeat(1_000), true)).toBe(true);
    time += 6_000; // By now they have left.
    expect(one.leave('/k', half, true)).toBe(true);
  });

  it.each([700, 2_500, 4_900, 5_100, 9_000])(
    'never counts more than 60 kB within five seconds where the page is hidden every %i ms',
    (everyMs) => {
      let time = later()();
      const scope = scopeOf({ navigator: { sendBeacon: () => true } });
      const transport = createTransport(scope, () => time);
      const taken: { readonly at: number; readonly bytes: number }[] = [];
      for (let hidden = 0; hidden < 200; hidden += 1) {
        const bytes = 500 + ((hidden * 7_919) % 25_000);
        if (transport.leave('/k', 'x'.repeat(bytes), true)) taken.push({ at: time, bytes });
        time += everyMs;
      }
      for (const { at } of taken) {
        const flying = taken.filter((other) => other.at <= at && other.at > at - 5_000);
        expect(flying.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(61_440);
      }
      // Nor does it refuse for ever.
      expect(time - (taken.at(-1)?.at ?? 0)).toBeLessThan(15_000);
      expect(taken.length).toBeGreaterThan(20);
    },
  );
});
