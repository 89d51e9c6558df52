// The API over the real engine, a real port and a real WebSocket: views, isolation, the live feed.
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import {
  liveMessageSchema,
  queryResponseSchema,
  statusResponseSchema,
  viewResponseSchema,
  viewsResponseSchema,
} from '../src/api/messages.ts';
import { createApiClient } from '../src/client/apiClient.ts';
import type { LiveMessage } from '../src/client/apiTypes.ts';
import { connectLive, type WebSocketLike } from '../src/client/connectLive.ts';
import { buildTestApp, TEST_PROPERTY } from './buildTestApp.ts';
import { createWorld, START, type World } from './world.ts';

/** The clock of the test: half a minute after the views began. */
const NOW = START + 34_000;
const view = (n: number) => `01900000-0000-7000-8000-0000000000${n.toString(16).padStart(2, '0')}`;
const playing = { playingMs: 10_000 };

let world: World;
let app: FastifyInstance;
let url: string;
let isBlind = false;

beforeAll(async () => {
  world = await createWorld();
  const properties = ['main', 'other', 'live', 'none'].map((id) => ({ ...TEST_PROPERTY, id }));
  app = buildTestApp({
    store: world.store,
    tokenOf: (token) => properties.find(({ id }) => `token-${id}` === token),
    control: { writeKeysOf: (property) => [{ key: `w-${property}`, property, state: 'live' }] },
    feed: {
      lagMs: () => (isBlind ? 60_000 : 0),
      lastAcceptedAt: () => null,
      engineUp: () => true,
      accepting: () => true,
    },
    now: () => NOW,
  });
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  await world.put('main', [
    {
      view: view(1),
      slices: [
        {
          attempts: 1,
          starts: 1,
          startups: 1,
          startupMs: 700,
          startingMs: 700,
          playingMs: 9_300,
          renditions: [[800_000, 640, 360, 9_300]],
          ranges: [[0, 9_300]],
          deliveries: [['cdn', 'a', 3, -1, 9_000]],
        },
        { k: 1, rev: 0, playingMs: 3_000 },
      ],
      events: [
        { type: 'requested', seq: 0, rev: 0, at: START, ctx: 0, by: 'play' },
        {
          type: 'firstFrame',
          seq: 1,
          rev: 0,
          at: START + 700,
          ctx: 0,
          pos: 0,
          of: 'content',
          startupMs: 700,
        },
      ],
      summary: {
        rev: 3,
        last: START + 30_000,
        startups: 1,
        startupMs: 700,
        playingMs: 29_300,
        endState: 2,
      },
    },
    ...Array.from({ length: 5 }, (_, i) => ({
      view: view(0x10 + i),
      slices: [{ ...playing, exits: 1, exitKind: 1, endState: 8 }],
      summary: {
        start: START - i * 7_200_000,
        last: START - i * 7_200_000 + 5_000,
        exits: 1,
        exitKind: 1,
        endState: 8,
      },
      context: { asset: { id: `movie-${i}`, title: `Film no. ${i}` } },
      country: i % 2 === 0 ? 'FR' : 'DE',
    })),
  ]);
  // The open slice of the first view grew.
  await world.put('main', [{ view: view(1), slices: [{ k: 1, rev: 1, playingMs: 10_000 }] }]);
  await world.put('other', [
    { view: view(9), slices: [playing], summary: { last: START + 10_000 } },
  ]);
});

afterAll(async () => {
  await app.close();
  await world.close();
});

const clientOf = (property: string) =>
  createApiClient({ baseUrl: url, token: `token-${property}` });

describe('/api/views', () => {
  const list = async (query: object, property = 'main') => {
    const { data, response } = await clientOf(property).GET('/api/views', { params: { query } });
    expect(response.status).toBe(200);
    return viewsResponseSchema.strict().parse(data);
  };

  it('lists views newest first, with titles, and pages through all of them once', async () => {
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const page = await list({ limit: 2, ...(before !== null && { before }) });
      seen.push(...page.views.map((row) => row.view));
      before = page.next;
    } while (before !== null);
    expect(seen).toEqual([view(0x10), view(1), view(0x11), view(0x12), view(0x13), view(0x14)]);
    const { views } = await list({ search: view(1) });
    expect(views).toMatchObject([
      {
        view: view(1),
        start: START,
        last: START + 30_000,
        assetTitle: "It's a film",
        state: 'playing',
        exit: 'none',
        open: true,
        startupMs: 700,
        playingMs: 29_300,
      },
    ]);
  });

  it.each([
    [{ search: view(1).slice(0, 36) }, 1],
    [{ search: '01900000-0000-7000-8000-00000000001' }, 5],
    [{ search: 'film no. 3' }, 1],
    [{ search: 'movie-3' }, 1],
    [{ search: "' OR 1=1 --" }, 0],
    [{ filter: ['country:DE'] }, 2],
    [{ filter: ['country:DE', 'country:FR', 'asset:movie-2'] }, 1],
  ])('finds %j', async (query, count) => {
    expect((await list(query)).views).toHaveLength(count);
  });

  it('shows a property its own views only', async () => {
    expect((await list({}, 'other')).views.map((row) => row.view)).toEqual([view(9)]);
    expect((await list({}, 'none')).views).toEqual([]);
    const stolen = await clientOf('main').GET('/api/views/{view}', {
      params: { path: { view: view(9) } },
    });
    expect(stolen.error).toMatchObject({ code: 'view_not_found' });
  });
});

describe('/api/views/:view', () => {
  it('gives a view whole, each row in its newest revision, as the contract calls it', async () => {
    const { data } = await clientOf('main').GET('/api/views/{view}', {
      params: { path: { view: view(1) } },
    });
    const whole = viewResponseSchema.parse(data);
    expect(whole.slices).toHaveLength(2);
    expect(whole.slices[0]).toMatchObject({
      k: 0,
      startupMs: 700,
      endState: 'playing',
      exitKind: 'none',
      renditions: [[800_000, 640, 360, 9_300]],
      ranges: [[0, 9_300]],
      deliveries: [{ host: 'cdn', pathway: 'a', requests: 3, failures: 0, bytes: 9_000 }],
    });
    expect(whole.slices[1]).toMatchObject({ k: 1, rev: 1, playingMs: 10_000 });
    expect(whole.events).toMatchObject([
      { seq: 0, type: 'requested', by: 'play', clock: 'server' },
      { seq: 1, type: 'firstFrame', of: 'content', startupMs: 700, pos: 0 },
    ]);
    expect(whole.events[0]).not.toHaveProperty('pos');
    expect(whole.summary).toMatchObject({ rev: 3, startupMs: 700, endState: 'playing' });
    expect(whole.context).toMatchObject({ asset: { id: 'film-1' } });
    expect(whole.enrichment).toMatchObject({ country: 'FR' });
    expect(whole.truncated).toBe(false);
  });
});

describe('/api/query and /api/status', () => {
  it('answers while views are open: counts to the present, ratios to the last complete cell', async () => {
    const { data } = await clientOf('main').POST('/api/query', {
      body: {
        metrics: ['concurrentViews', 'attemptsPerMinute', 'rebufferingRatio'],
        from: START,
        to: NOW,
        intervalMs: 10_000,
      },
    });
    const { frames, completeUntil, notes } = queryResponseSchema.strict().parse(data);
    // The one open view reported up to 20 s; what it does since is as it was last seen.
    expect(completeUntil).toBe(START + 20_000);
    expect(notes).toHaveLength(1);
    expect(frames[0]?.data.values).toEqual([
      [START, START + 10_000, START + 20_000, START + 30_000],
      [6, 1, 1, 1],
      [6, 0, 0, 0],
      [0, 0, null, null],
    ]);
  });

  it('says what the property is and how the feed is', async () => {
    const { data } = await clientOf('main').GET('/api/status');
    expect(statusResponseSchema.strict().parse(data)).toMatchObject({
      writeKeys: ['w-main'],
      state: 'live',
      firstViewAt: START - 4 * 7_200_000,
    });
    const none = await clientOf('none').GET('/api/status');
    expect(none.data).toMatchObject({ state: 'empty', firstViewAt: null });
  });
});

describe('/api/live', () => {
  const until = async (messages: LiveMessage[], test: (message: LiveMessage) => boolean) => {
    const startedAt = performance.now();
    while (!messages.some(test)) {
      if (performance.now() - startedAt > 10_000) throw new Error('it did not come');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return performance.now() - startedAt;
  };
  const connect = (property: string, request = {}) => {
    const messages: LiveMessage[] = [];
    const errors: string[] = [];
    const live = connectLive({
      url: `${url.replace('http', 'ws')}/api/live`,
      token: `token-${property}`,
      request: { filters: [], ...request },
      onMessage: (message) => messages.push(message),
      onStatus: (_, error) => error !== null && errors.push(error.code),
      createSocket: (address) => new WebSocket(address) as unknown as WebSocketLike, // Same shape.
    });
    return { messages, errors, live };
  };

  it('speaks at once, shows a new view by itself, and tells blindness', async () => {
    const { messages, live } = connect('live', { dimension: 'asset' });
    try {
      // Loose, for a busy machine: the two seconds of the whole path are measured by its own bench.
      expect(await until(messages, () => true)).toBeLessThan(2_900);
      const first = liveMessageSchema.strict().parse(messages[0]);
      expect(first).toMatchObject({ state: 'empty', totals: { concurrentViews: 0 } });
      const [slice] = [
        { k: 0, start: START + 31_000, attempts: 1, startingMs: 2_000, endState: 1 },
      ];
      await world.put('live', [{ view: view(0x40), slices: [slice] }]);
      const took = await until(messages, ({ totals }) => totals.concurrentViews === 1);
      expect(took).toBeLessThan(4_000);
      await until(messages, ({ table }) => table?.data.values[1]?.[0] === "It's a film");
      const last = messages.at(-1);
      expect(last?.state).toBe('live');
      expect(last?.totals.attemptsPerMinute).toBeCloseTo(60_000 / 64_000, 5);
      isBlind = true;
      await until(messages, ({ state }) => state === 'blind');
    } finally {
      isBlind = false;
      live.close();
    }
  });

  it('changes what is shown over the same socket', async () => {
    const { messages, live } = connect('main');
    try {
      await until(messages, ({ totals }) => totals.concurrentViews === 1);
      live.change({ filters: [{ dimension: 'country', values: ['DE'] }] });
      await until(messages, ({ totals }) => totals.concurrentViews === 0);
    } finally {
      live.close();
    }
  });

  it.each([
    ['unauthorized', 'nobody', {}],
    ['unknown_dimension', 'main', { dimension: 'constructor' }],
    ['bad_request', 'main', { filters: 'all' }],
  ])('refuses with the code %s', async (code, property, request) => {
    const { errors, messages, live } = connect(property, request);
    const startedAt = performance.now();
    while (errors.length === 0 && performance.now() - startedAt < 5_000) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    live.close();
    expect(errors).toEqual([code]);
    expect(messages).toEqual([]);
  });
});
