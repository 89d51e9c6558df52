import { describe, expect, it } from 'vitest';
import { start, WALL, type World } from '../test/monitorInHand.ts';
import type { DebugMessage, Monitor } from './options.ts';
import { createTransport } from './platform/transport.ts';

/** A page that decides as soon as it hears of a beacon, over the transport of browsers. */
function decideAtOnce(act: (view: Monitor) => void, from = 1) {
  const sent: string[] = [];
  const scope = {
    setTimeout: () => 0,
    clearTimeout: () => undefined,
    navigator: { sendBeacon: (_: string, body: string) => sent.push(body) > 0 },
    fetch(_: string, { body }: RequestInit) {
      if (body) sent.push(`${body}`);
      return Promise.resolve(new Response(JSON.stringify({ time: WALL, accepted: 1 })));
    },
  } as unknown as Window & typeof globalThis; // All that is used.
  let beacons = 0;
  const world: World = {
    transport: createTransport(scope, () => 0),
    hear(message: DebugMessage) {
      if (message.type === 'beacon' && ++beacons >= from) act(s.view);
    },
  };
  const s = start({ privacy: 'consented', viewer: { id: 'viewer-7' }, debug: true }, world);
  const settle = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    s.timers.advance(1_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const rows = () =>
    sent
      .flatMap((body) => JSON.parse(body))
      .flatMap(({ events = [] }) => events)
      .map(({ type, seq, rev = 0 }) => `${type} ${seq} ${rev}`);
  return { s, sent, rows, settle };
}

describe('a page that decides as it hears of a beacon', () => {
  it('sends no identifier after a consent is withdrawn, and nothing twice', async () => {
    const { s, sent, rows, settle } = decideAtOnce((view) => view.consent('none'));
    s.timers.advance(500);
    s.begin();
    await settle();
    s.play(3_000);
    await settle();
    expect(rows()).toEqual(['requested 0 0', 'firstFrame 1 0']);
    expect(sent.join()).not.toContain('viewer-7');
  });

  it('sends no identifier after it is withdrawn while the page is hidden', async () => {
    const { s, sent, settle } = decideAtOnce((view) => view.consent('none'), 3);
    s.timers.advance(500);
    s.begin();
    await settle();
    s.play(3_000);
    await settle();
    s.page('hidden');
    const since = sent.length;
    await settle();
    s.page('visible');
    s.view.error({ code: 'X' });
    await settle();
    s.page('left');
    expect(sent.slice(since).join()).toContain('"X"');
    expect(sent.slice(since).join()).not.toContain('viewer-7');
  });

  it.each([
    ['destroy', 1, ['requested 0 0', 'exit 1 0']],
    ['destroy', 2, ['requested 0 0', 'firstFrame 1 0', 'exit 2 0']],
    ['optOut', 1, []],
    ['optOut', 2, ['requested 0 0']],
  ] as const)(
    'ends once at %s() as it hears of beacon %i, and leaves nothing',
    async (last, at, told) => {
      const { s, sent, rows, settle } = decideAtOnce((view) => view[last](), at);
      s.timers.advance(500);
      s.begin();
      await settle();
      s.play(3_000);
      await settle();
      await settle();
      expect(rows()).toEqual(told);
      expect([s.boundary.caught(), s.detached()]).toEqual([0, 1]);
      s.timers.advance(60_000);
      expect([s.timers.size(), s.isWatchingPage()]).toEqual([0, false]);
      const { length } = sent;
      s.page('hidden');
      await settle();
      expect(sent.length).toBe(length);
    },
  );
});
