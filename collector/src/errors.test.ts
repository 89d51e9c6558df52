import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { LIMITS, REFUSAL_CODES, type RefusalCode } from '@retour/player-sdk/contract';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type CollectorUnderTest,
  createCollectorUnderTest,
  KEY,
  NOW,
  type Posted,
  STOPPED_KEY,
} from '../test/collectorUnderTest.ts';
import { sampleBeacon } from '../test/sampleBeacon.ts';
import { ERRORS } from './errors.ts';
import { LogRefusal } from './log/log.ts';

describe('ERRORS', () => {
  it('has the codes of the contract, in its order', () => {
    expect(Object.keys(ERRORS)).toEqual([...REFUSAL_CODES]);
  });

  it('is what the docs say', () => {
    const docs = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');
    const rows = Object.entries(ERRORS).map(
      ([code, { status, expected, remedy, kept }]) =>
        `| \`${code}\` | ${status} | ${expected} | ${remedy} | ${kept ? 'yes' : 'no'} |`,
    );
    expect(docs.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
  });

  it('names the limits of the contract', () => {
    expect(ERRORS.body_too_large.expected).toContain(String(LIMITS.bodyBytes));
    expect(ERRORS.too_many_beacons.expected).toContain(String(LIMITS.beacons));
    expect(ERRORS.clock.expected).toContain(`${LIMITS.clockSkewMs / 1000} s`);
  });
});

const ASIDE = { origins: ['https://a.example'] };

/** How each code is met: at least one way, and its answer. */
const WAYS: Record<RefusalCode, Record<string, (c: CollectorUnderTest) => Promise<Posted>>> = {
  bad_request: {
    'no v': (c) => c.post(sampleBeacon(), { query: `s=${NOW}` }),
    'no s': (c) => c.post(sampleBeacon(), { query: 'v=1' }),
    's twice': (c) => c.post(sampleBeacon(), { query: `v=1&s=${NOW}&s=${NOW}` }),
    's of words': (c) => c.post(sampleBeacon(), { query: 'v=1&s=now' }),
    'another u': (c) => c.post(sampleBeacon(), { query: `v=1&s=${NOW}&u=yes` }),
    'an empty body': (c) => c.post(''),
    'a URL that cannot be read': (c) => c.post(sampleBeacon(), { key: '%zz' }),
    'a cut gzip body': (c) => c.post(gzipSync(JSON.stringify(sampleBeacon())).subarray(0, -20)),
    'a broken gzip body': (c) => c.post(Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])),
  },
  not_json: {
    'half of it': (c) => c.post('{"v":1'),
    'not UTF-8': (c) => c.post(Buffer.from([0x7b, 0xff, 0x7d])),
    'gzip of something else': (c) => c.post(gzipSync('hello')),
  },
  invalid_beacon: {
    'no context': (c) => c.post({ ...sampleBeacon(), ctx: undefined }),
    'no object': (c) => c.post('[1]'),
    'an array of none': (c) => c.post('[]'),
  },
  unsupported_version: {
    'in the URL': (c) => c.post(sampleBeacon(), { query: `v=2&s=${NOW}` }),
    'in the beacon': (c) => c.post({ ...sampleBeacon(), v: 2 }),
  },
  unknown_key: {
    'a key of nobody': (c) => c.post(sampleBeacon(), { key: 'nobody' }),
    'a long one': (c) => c.post(sampleBeacon(), { key: 'k'.repeat(2000) }),
  },
  origin_refused: {
    'another origin': (c) => c.post(sampleBeacon(), { headers: { origin: 'https://b.example' } }),
    'null where it is not allowed': (c) => c.post(sampleBeacon(), { headers: { origin: 'null' } }),
  },
  not_found: {
    'outside of the path': (c) => ask(c, 'GET', '/elsewhere'),
    'below a key': (c) => ask(c, 'POST', `/r/${KEY}/more`),
  },
  method_refused: {
    PUT: (c) => ask(c, 'PUT', `/r/${KEY}`),
    DELETE: (c) => ask(c, 'DELETE', `/r/${KEY}`),
  },
  clock: {
    behind: (c) => c.post(sampleBeacon(), { query: `v=1&s=${NOW - 30_001}` }),
    ahead: (c) => c.post(sampleBeacon(), { query: `v=1&s=${NOW + 30_001}` }),
    'before a byte is inflated': (c) => c.post(gzipSync(''), { query: 'v=1&s=0' }),
  },
  key_stopped: { 'a stopped key': (c) => c.post(sampleBeacon(), { key: STOPPED_KEY }) },
  body_too_large: {
    'as it travels': (c) => c.post(' '.repeat(LIMITS.bodyBytes + 1)),
    'a bomb': (c) => c.post(gzipSync(' '.repeat(LIMITS.bodyBytes + 1))),
    'a large bomb': (c) => c.post(gzipSync(randomText(100_000) + ' '.repeat(LIMITS.bodyBytes))),
  },
  too_many_beacons: {
    '51 of them': (c) => c.post(Array.from({ length: LIMITS.beacons + 1 }, () => 0)),
  },
  quota: {
    'all of it used': async (c) => {
      c.room.tools.quotas.accountOf(KEY, 'channel-one', NOW).used.level = 10_000;
      return c.post(sampleBeacon());
    },
  },
  internal: {
    'a log with a fault': (c) => {
      c.log.refuse(new TypeError('a fault') as LogRefusal); // Whatever an append may throw.
      return c.post(sampleBeacon());
    },
  },
  log_full: {
    'no room': (c) => {
      c.log.refuse(new LogRefusal('log_full', 'no room', 30));
      return c.post(sampleBeacon());
    },
  },
  log_failing: {
    'a failing disk': (c) => {
      c.log.refuse(new LogRefusal('log_failing', 'no disk', 2));
      return c.post(sampleBeacon());
    },
  },
  stopping: {
    'on its way down': async (c) => {
      const { reached, release } = c.log.hold();
      const underWay = c.post(sampleBeacon());
      await reached;
      const closed = c.server.close();
      const answer = await c.post(sampleBeacon());
      release();
      expect((await underWay).status).toBe(200);
      await closed;
      return answer;
    },
  },
};

const RETRIED: readonly RefusalCode[] = ['quota', 'log_full', 'log_failing', 'stopping'];

let running: CollectorUnderTest | undefined;

afterEach(() => running?.server.close());

const ways = Object.entries(WAYS).flatMap(([code, how]) =>
  Object.entries(how).map(([way, act]) => ({ code: code as RefusalCode, way, act })),
);

describe.each(ways)('$code: $way', ({ code, way, act }) => {
  it('is answered as the table says, readable by any page', async () => {
    running = await createCollectorUnderTest({ property: code === 'origin_refused' ? ASIDE : {} });
    const { status, headers, json } = await act(running);
    expect(json).toMatchObject({ code, remedy: ERRORS[code].remedy, time: NOW });
    expect(json.message).toMatch(/^Expected .*; came .*\.$/);
    expect(status).toBe(ERRORS[code].status);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['retry-after'] !== undefined).toBe(RETRIED.includes(code));
    if (RETRIED.includes(code))
      expect(headers['access-control-expose-headers']).toBe('Retry-After');
    if (way !== 'a URL that cannot be read') expect(running.room.counts.refused[code]).toBe(1);
    expect(running.log.records.beacons.length).toBe(code === 'stopping' ? 1 : 0);
    const kept = ERRORS[code].kept && way !== 'a URL that cannot be read';
    expect(running.rejects().length).toBe(kept ? 1 : 0);
    expect(running.faults.length).toBe(code === 'internal' ? 1 : 0);
  });
});

describe('a refused body', () => {
  it('is kept whole, with its reason and without its text in the detail', async () => {
    running = await createCollectorUnderTest();
    await running.post('{"secret": tru');
    const [reject] = running.rejects();
    expect(reject?.body).toBe('{"secret": tru');
    expect(reject?.head).toEqual({
      ...{ property: 'channel-one', receivedAt: NOW, stage: 'collector', reason: 'not_json' },
      ...{ item: 'beacon', detail: 'came 14 bytes that are not JSON' },
    });
  });

  it('is refused all the same where the log cannot keep it, and counted', async () => {
    running = await createCollectorUnderTest();
    running.log.refuse(new LogRefusal('log_full', 'no room', 30));
    expect((await running.post('{')).json.code).toBe('not_json');
    expect(running.room.counts.unkept).toBe(1);
  });
});

async function ask(
  { server }: CollectorUnderTest,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
): Promise<Posted> {
  const answer = await server.inject({ method, url });
  return { status: answer.statusCode, headers: answer.headers, json: answer.json() };
}

/** Text that gzip cannot make much smaller, from a fixed seed. */
function randomText(length: number): string {
  let seed = 1;
  return Array.from({ length }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (seed % 90));
  }).join('');
}
