import { describe, expect, it } from 'vitest';
import { OPTIONS, recordStore, start, WALL, type World } from '../test/monitorInHand.ts';
import type { Port } from './adapters/adapter.ts';
import { ads } from './ads.ts';
import { interactions } from './interactions.ts';
import type { MonitorOptions } from './options.ts';
import { SDK } from './sdk.ts';

describe('monitor', () => {
  it('sends nothing before the request, then the request at once', () => {
    const s = start();
    s.sample({ paused: true });
    s.timers.advance(60_000);
    expect(s.sent).toEqual([]);
    s.begin();
    expect(s.types()).toEqual(['requested']);
    expect(s.sent[0]?.url).toBe(`/feed/k?v=1&s=${WALL + 60_000}`);
    expect(s.sent[0]?.beacon).toMatchObject({ view: s.view.view, sdk: SDK, ctx: { rev: 0 } });
  });

  it('says the key system of what plays, and none of the source before', () => {
    let tell = (_: string): void => undefined;
    const attach: World['attach'] = ({ drm }) => {
      tell = drm;
    };
    const s = start({}, { attach });
    s.begin();
    tell('com.widevine.alpha');
    expect(s.view.context?.drm).toBe('com.widevine.alpha');
    s.emit('source', {});
    tell('');
    s.begin();
    expect(s.view.context).not.toHaveProperty('drm');
  });

  it('never waits for the settings', () => {
    const s = start({}, {}); // They are asked for and never come.
    s.begin();
    s.play(500);
    expect(s.asked).toEqual(['/feed/k']);
    expect(s.types()).toEqual(['requested', 'firstFrame']);
  });

  it('beats about every ten seconds while something is new, and no longer', () => {
    const s = start();
    s.begin();
    s.play(45_000);
    const beats = s.sent.length - 2; // Less the request and the first frame.
    expect(beats).toBe(4);
    s.sample({ paused: true, ended: true });
    s.emit('ended', {});
    const before = s.sent.length;
    s.timers.advance(120_000);
    expect(s.sent.length).toBeLessThanOrEqual(before + 1);
  });

  it('obeys the heartbeat of the settings', () => {
    const s = start({}, { settings: { heartbeatMs: 30_000 } });
    s.begin();
    s.play(62_000);
    expect(s.sent.length - 2).toBeLessThanOrEqual(3); // The beat before they came, and two more.
  });

  it('lets the settings tighten privacy, never loosen it', () => {
    const modes = (page: MonitorOptions['privacy'], property: string) => {
      const s = start(
        { privacy: page ?? 'exempt', viewer: { id: 'me' } },
        { settings: { privacy: property } },
      );
      s.begin();
      s.play(12_000);
      const last = s.sent.at(-1)?.beacon.ctx;
      return [last?.privacy, last?.viewer?.id];
    };
    expect(modes('consented', 'none')).toEqual(['none', undefined]);
    expect(modes('exempt', 'consented')).toEqual(['exempt', undefined]);
    expect(modes('consented', 'consented')).toEqual(['consented', 'me']);
  });

  it('keeps one view in n, weighs it so, and lets the settings lower the share', () => {
    const weights = (sampling: number, property: number) => {
      const s = start({ sampling }, { settings: { sampling: property } });
      s.timers.advance(100);
      for (let n = 0; n < 60; n += 1) {
        s.emit('request', { by: 'play' });
        s.emit('source', {});
        s.timers.advance(100);
      }
      return [...new Map(s.sent.map(({ beacon }) => [beacon.view, beacon.ctx.weight])).values()];
    };
    expect(weights(1, 1)).toHaveLength(60);
    const quarter = weights(0.5, 0.25);
    expect(new Set(quarter)).toEqual(new Set([4]));
    expect(quarter.length).toBeLessThan(30);
    expect(weights(0, 1)).toEqual([]);
  });

  it.each([
    [{}, true, true],
    [{ privacy: 'exempt' }, true, false],
    [{ privacy: 'none' }, true, true],
    [{ privacy: 'consented' }, true, true],
    [{ optedOut: false }, true, true],
    [{ optedOut: null as never, privacy: 'exempt' }, true, false],
    [{ optedOut: true, privacy: 'consented' }, false, false],
    [{}, false, true],
  ] as const)(
    'with %j and a browser that objects: %s, measures: %s',
    (options, refused, measures) => {
      const s = start(options, { refused });
      s.begin();
      s.timers.advance(1_000);
      s.page('hidden');
      expect(s.sent.length > 0).toBe(measures);
      expect(s.asked.length > 0).toBe(measures);
    },
  );

  it('begins another view with another source, and lets the page name it afterwards', () => {
    const s = start();
    s.begin();
    s.play(1000);
    const first = s.view.view;
    s.emit('source', {});
    expect(s.view.view).not.toBe(first);
    expect(s.types()).toContain('exit');
    s.begin();
    const second = s.view.view;
    s.view.update({ asset: { id: 'other' } });
    expect(s.view.view).toBe(second); // It names what was loaded; it begins nothing.
    s.play(12_000);
    expect(s.sent.at(-1)?.beacon).toMatchObject({ view: second, ctx: { asset: { id: 'other' } } });
  });

  it('lets settings that say nothing loosen nothing', () => {
    const world: World = { settings: { privacy: 'none' } };
    const s = start({ privacy: 'consented' }, world);
    s.begin();
    s.play(1000);
    Object.assign(world, { settings: {} });
    s.sleep(3_600_000);
    s.play(12_000);
    expect(s.asked).toHaveLength(2);
    expect(s.sent.at(-1)?.beacon.ctx.privacy).toBe('none');
  });

  it('tells what came after the end before the next view begins, and before it lets go', () => {
    for (const leave of [
      (s: ReturnType<typeof start>) => s.emit('source', {}),
      (s: ReturnType<typeof start>) => s.view.update({ asset: { id: 'next' } }),
      (s: ReturnType<typeof start>) => s.view.destroy(),
    ]) {
      const s = start();
      s.begin();
      s.play(1000);
      s.emit('ended', {});
      s.timers.advance(1000);
      s.view.error({ code: 'END_SCREEN', fatal: false });
      leave(s);
      s.timers.advance(1000);
      expect(s.sent.flatMap(({ beacon }) => beacon.events)).toContainEqual(
        expect.objectContaining({ type: 'error', code: 'END_SCREEN' }),
      );
    }
  });

  it('lets the page name another source for a minute, and what is named later is the next one', () => {
    const s = start();
    s.begin();
    s.play(1000);
    s.emit('source', {}); // The same once more, say.
    s.begin();
    const second = s.view.view;
    s.play(70_000);
    s.view.update({ asset: { id: 'other' } });
    expect(s.view.view).not.toBe(second);
    s.timers.advance(1000);
    const told = s.sent.filter(({ beacon }) => beacon.view === second).at(-1)?.beacon;
    expect(told).toMatchObject({ ctx: { asset: OPTIONS.asset }, summary: { exits: 1 } });
  });

  it('forgets what an earlier visit stored where the viewer has opted out', () => {
    const { done, offline } = recordStore();
    const s = start({ optedOut: true, offline });
    expect([s.view.view, s.asked]).toEqual(['', []]);
    expect(done).toEqual(['erase']);
  });

  it('forgets what is stored where the viewer objects long after the end', () => {
    const { done, offline } = recordStore();
    const s = start({ privacy: 'exempt', offline }, { answers: () => ({ status: 0, body: '' }) });
    s.begin();
    s.view.destroy();
    s.timers.advance(120_000);
    expect(done).toContain('put');
    expect(done).not.toContain('erase');
    s.view.optOut();
    expect(done).toContain('erase');
    expect(s.timers.size()).toBe(0);
  });

  it('counts what is asked for in a tab that was never seen once it is, and at once in one that was', () => {
    const world: World = { hidden: true };
    const s = start({}, world);
    s.emit('request', { by: 'autoplay' });
    s.timers.advance(60_000);
    expect(s.sent).toEqual([]);
    world.hidden = false;
    s.page('visible');
    expect(s.sent.at(-1)?.beacon.summary).toMatchObject({ attempts: 1, startingMs: 0 });
    world.hidden = true;
    s.page('hidden');
    s.emit('source', {});
    s.emit('request', { by: 'autoplay' });
    s.timers.advance(1_000);
    expect(s.sent.at(-1)?.beacon).toMatchObject({ view: s.view.view, summary: { attempts: 1 } });
  });

  it('forgets what was asked for of a source that is gone before anybody saw it', () => {
    const world: World = { hidden: true };
    const s = start({}, world);
    s.emit('request', { by: 'play' });
    s.emit('source', {});
    world.hidden = false;
    s.page('visible');
    s.timers.advance(60_000);
    expect(s.sent).toEqual([]);
  });

  it('lets the page name the next source beforehand', () => {
    const s = start();
    s.begin();
    s.play(1000);
    s.view.update({ asset: { id: 'other' } });
    const second = s.view.view;
    s.emit('source', {});
    s.begin();
    s.timers.advance(1000); // One request at a time: the end of the first view leaves first.
    expect(s.view.view).toBe(second);
    expect(s.sent.at(-1)?.beacon).toMatchObject({ view: second, ctx: { asset: { id: 'other' } } });
  });

  it('takes the first rendition of a source that was named beforehand for no switch', () => {
    const s = start();
    s.begin();
    s.emit('rendition', { bitrate: 300_000, height: 360 });
    s.play(1000);
    s.view.update({ asset: { id: 'other' } });
    s.emit('source', {});
    s.begin();
    s.play(500);
    s.emit('rendition', { bitrate: 500_000, height: 540 });
    s.play(12_000);
    const last = s.sent.at(-1)?.beacon;
    expect(last).toMatchObject({ ctx: { asset: { id: 'other' } }, summary: { starts: 1 } });
    expect(last?.summary?.switchesUp).toBe(0);
  });

  it('looks at the playhead once more before the page names another content', () => {
    const s = start();
    s.begin();
    s.play(1000);
    s.timers.advance(200);
    s.lookAt(1200);
    s.view.update({ asset: { id: 'other' } });
    s.timers.advance(1000);
    expect(s.sent.at(-1)?.beacon).toMatchObject({
      ctx: { asset: { id: 'film' } },
      summary: { mediaMs: 1200, exits: 1 },
    });
  });

  it('looks at the playhead once more before the page sleeps', () => {
    const s = start();
    s.begin();
    s.play(1000);
    s.timers.advance(200);
    s.lookAt(1200);
    s.page('frozen');
    s.timers.advance(9000);
    s.page('resumed');
    s.sample({ position: 1250, paused: true }); // So long did the browser take to stop it.
    s.emit('pause', { by: 'user' });
    s.view.destroy();
    s.timers.advance(1000);
    expect(s.sent.at(-1)?.beacon.summary).toMatchObject({
      ...{ mediaMs: 1250, playingMs: 1200, suspendedMs: 9000 },
    });
  });

  it('looks at the playhead once more before an ad stops the content', () => {
    const s = start();
    s.begin();
    s.play(1000);
    s.timers.advance(200);
    s.lookAt(1200);
    ads(s.view).breakStart();
    s.timers.advance(3000);
    s.view.destroy();
    expect(s.sent.at(-1)?.beacon.summary).toMatchObject({
      ...{ mediaMs: 1200, playingMs: 1200, adMs: 3000 },
    });
  });

  it('relabels nothing: what comes late is a revision of the context', () => {
    const s = start();
    s.begin();
    s.play(12_000);
    s.view.update({ asset: { id: 'film', title: 'Late' } });
    s.play(12_000);
    const revs = s.sent.map(({ beacon }) => beacon.ctx.rev);
    expect(revs).toEqual([...revs].sort());
    expect(new Set(revs)).toEqual(new Set([0, 1]));
    for (const { beacon } of s.sent) {
      for (const slice of beacon.slices) expect(slice.ctx).toBe(beacon.ctx.rev);
    }
  });

  it('sends all at hiding, unread, and goes on in the same view', () => {
    const s = start();
    s.begin();
    s.play(3000);
    const before = s.sent.length;
    s.page('hidden');
    const left = s.sent.slice(before);
    expect(left.length).toBeGreaterThan(0);
    expect(left.every(({ unread, url }) => unread && url.endsWith('&u=1'))).toBe(true);
    const { view } = s.view;
    s.page('visible');
    s.play(12_000);
    expect(s.view.view).toBe(view);
    expect(s.sent.at(-1)?.unread).toBe(false);
  });

  it('tries at once to send all when the network goes, so that a store has it', () => {
    const s = start();
    s.begin();
    s.play(3000);
    const before = s.sent.length;
    s.page('offline');
    s.timers.advance(100);
    const tried = s.sent.slice(before);
    expect(tried.at(-1)?.beacon.summary?.mediaMs).toBe(3000);
    expect(tried.every(({ unread }) => !unread)).toBe(true);
    s.play(9000);
    expect(s.sent.length).toBe(before + tried.length); // The next beat is a whole period away.
  });

  it('starts no heartbeat again when the network goes while a destroyed one delivers', () => {
    const s = start({}, { answers: () => ({ status: 503 }) });
    s.begin();
    s.play(3000);
    s.view.destroy();
    s.page('offline');
    s.timers.advance(120_000);
    expect(s.timers.size()).toBe(0);
  });

  it('sees a sleep before it labels anything, and asks for the time again', () => {
    const s = start({}, { settings: {} });
    s.begin();
    s.play(3000);
    const asked = s.asked.length;
    s.sleep(120_000);
    s.play(12_000);
    expect(s.asked.length).toBe(asked + 1);
    const suspended = s.sent
      .flatMap(({ beacon }) => beacon.slices)
      .reduce((most, slice) => Math.max(most, slice.suspendedMs), 0);
    expect(suspended).toBeGreaterThan(0);
  });

  it('begins the next view with a request that comes after an hour', () => {
    const s = start();
    s.begin();
    s.emit('pause', { by: 'user' });
    s.sample({ paused: true });
    const first = s.view.view;
    s.freeze(61 * 60_000);
    s.emit('request', { by: 'play' });
    s.timers.advance(1_000);
    expect(s.view.view).not.toBe(first);
    const requested = s.sent.filter(({ beacon }) =>
      beacon.events.some(({ type }) => type === 'requested'),
    );
    expect(requested.map(({ beacon }) => beacon.view)).toEqual([first, s.view.view]);
  });

  it('carries what the page reports', () => {
    const s = start();
    s.begin();
    interactions(s.view).like();
    s.view.error({ code: 'GEO_BLOCK', business: true });
    s.timers.advance(1000);
    const events = s.sent.flatMap(({ beacon }) => beacon.events);
    expect(events).toContainEqual(expect.objectContaining({ type: 'interaction', kind: 'like' }));
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'error', category: 'business', business: true, fatal: true }),
    );
  });

  const failing = () => {
    throw new Error("the page's own");
  };
  const REFUSED = { fatal: true, category: 'drm', code: 'keySystemLicenseRequestFailed' } as const;
  it.each<[string, MonitorOptions['mapError'], string, true | undefined]>([
    ['is no fault', () => ({ category: 'business', code: 'NOT_ENTITLED' }), 'NOT_ENTITLED', true],
    ['stays what it is', () => undefined, REFUSED.code, undefined],
    ['stays what it is where the page fails over it', failing, REFUSED.code, undefined],
  ])("an error of the player's %s, as the page knows", (_, answer, code, business) => {
    const asked: unknown[] = [];
    let port: Port | undefined;
    const attach = (given: Port) => {
      port = given;
    };
    const s = start(
      {
        mapError: (error) => {
          asked.push(error);
          return answer?.(error);
        },
      },
      { attach },
    );
    s.begin();
    const told = { ...REFUSED, message: 'https://drm.example/acquire?token=secret', status: 403 };
    port?.emit('error', told);
    expect(asked).toEqual([told]);
    s.view.error({ code: 'PAGE' }); // Its own words are not asked back.
    expect(asked).toHaveLength(1);
    s.timers.advance(12_000);
    const [error] = s.sent
      .flatMap(({ beacon }) => beacon.events)
      .filter(({ type }) => type === 'error');
    expect(error).toMatchObject({ code, category: business ? 'business' : 'drm', fatal: true });
    expect(error).not.toHaveProperty('status');
    expect((error as { business?: boolean }).business).toBe(business);
    expect(JSON.stringify(error)).not.toContain('secret');
    const totals = s.sent.flatMap(({ beacon }) => beacon.summary ?? []).at(-1);
    expect(totals?.startFailuresBusiness ?? 0).toBe(business ? 1 : 0);
    expect(totals?.startFailures ?? 0).toBe(business ? 0 : 1);
  });

  it('takes nothing of what a page reports for its own words', () => {
    const s = start();
    s.begin();
    const error = { code: 'manifestLoadError', type: 'networkError', at: 7 };
    s.view.error(error);
    s.emit('request', { by: 'play' });
    const spot = { id: 'ad-7', type: 'linear', phase: 'complete', at: 7 };
    ads(s.view).breakStart({ slot: 'mid' });
    ads(s.view).start(spot);
    s.timers.advance(12_000);
    const events = s.sent.flatMap(({ beacon }) => beacon.events);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'error', code: 'manifestLoadError', at: WALL }),
    );
    expect(events).toContainEqual(expect.objectContaining({ type: 'ad', id: 'ad-7' }));
  });

  it('sees that content stays paused after its ads, though its element says nothing', () => {
    let port: Port | undefined;
    const attach = (given: Port) => {
      port = given;
    };
    const s = start({}, { attach });
    s.begin();
    s.play(5_000);
    Object.assign(port ?? {}, { look: () => s.sample({ paused: true }) });
    const spots = ads(s.view);
    spots.breakStart({ slot: 'mid' });
    spots.start({ id: 'ad-7' });
    s.timers.advance(4_000);
    spots.complete();
    spots.breakEnd();
    s.timers.advance(120_000);
    s.view.destroy();
    const summaries = s.sent.flatMap(({ beacon }) => beacon.summary ?? []);
    expect(summaries.at(-1)).toMatchObject({ adMs: 4_250, pausedMs: 119_750 });
  });

  it('takes back a request that the browser refused', async () => {
    const s = start();
    const refusal = Object.assign(new Error('no gesture'), { name: 'NotAllowedError' });
    s.view.request(Promise.reject(refusal));
    await Promise.resolve();
    await Promise.resolve();
    s.timers.advance(12_000);
    s.view.destroy();
    s.timers.advance(1000);
    expect(s.sent.at(-1)?.beacon.summary?.attempts).toBe(0);
  });

  it.each([
    [{ status: 0 }, 0],
    [{ status: 200, body: '<html>' }, 0],
    [{ status: 410, body: '<html>' }, 0],
    [{ status: 503, body: '' }, 503],
  ])('says in debug mode that nobody took a beacon: %o', (answer, status) => {
    const s = start({}, { answers: () => answer });
    s.begin();
    s.timers.advance(1000);
    expect(s.told).toContainEqual({ type: 'undelivered', status });
    expect(s.told).not.toContainEqual(expect.objectContaining({ type: 'refused' }));
  });

  it('asks nothing any more after the collector has stopped it', () => {
    const s = start({}, { answers: () => ({ status: 410, body: '{"time":1700000000000}' }) });
    s.begin();
    s.timers.advance(1000);
    const asked = s.asked.length;
    s.sleep(60_000);
    s.play(1000);
    expect(s.asked.length).toBe(asked);
  });

  it.each([{ status: 503, retryAfter: '600' }, { status: 200 }])(
    'lets nothing wait that happens in a hidden page: %o',
    (answer) => {
      const world: World = { answers: () => answer };
      const s = start({}, world);
      s.begin();
      s.play(3000);
      world.hidden = true;
      s.page('hidden');
      const before = s.sent.length;
      s.view.error({ code: 'GEO' });
      const late = s.sent.slice(before);
      expect(late.map(({ unread }) => unread)).toEqual([true]);
      expect(late.flatMap(({ beacon }) => beacon.events)).toContainEqual(
        expect.objectContaining({ type: 'error', code: 'GEO' }),
      );
    },
  );

  it('tries what a hidden page handed over at its end once more, to be sure', () => {
    const world: World = { hidden: true };
    const s = start({}, world);
    s.begin();
    s.play(3000);
    s.page('hidden');
    s.view.destroy();
    s.timers.advance(1000);
    const ends = s.sent.filter(({ beacon }) => beacon.events.some(({ type }) => type === 'exit'));
    expect(ends.map(({ unread }) => unread)).toEqual([true, true, false, false]); // Hidden, and left.
    expect(s.isWatchingPage()).toBe(false);
  });

  it('tells nothing that a player says as it is let go of by an objection', () => {
    const world: World = {};
    const s = start({}, world);
    world.detach = () =>
      s.emit('error', { fatal: true, category: 'media', code: 'MEDIA_ERR_DECODE' });
    s.begin();
    s.play(3000);
    world.hidden = true;
    s.page('hidden');
    const before = s.sent.length;
    s.view.optOut();
    s.timers.advance(60_000);
    expect(s.sent.slice(before)).toEqual([]);
  });

  it('ends as failed, whatever was played between the last look and the error', () => {
    const s = start();
    s.begin();
    s.play(5000);
    s.timers.advance(160);
    s.lookAt(5160);
    s.emit('error', { fatal: true, category: 'media', code: 'MEDIA_ERR_DECODE' });
    s.sample();
    s.timers.advance(60_000);
    s.view.destroy();
    s.timers.advance(1000);
    expect(s.sent.at(-1)?.beacon.summary).toMatchObject({ exitKind: 3, suspendedMs: 0 });
  });

  it('counts what its adapter throws as internal losses', () => {
    const s = start();
    s.begin();
    s.emit('sample', undefined as never); // A broken adapter.
    s.view.update(undefined as never); // A broken page.
    s.play(12_000);
    expect(s.boundary.caught()).toBeGreaterThan(0);
    expect(s.sent.at(-1)?.beacon.lost?.internal).toBe(s.boundary.caught());
  });

  it('reports the end at destroy(), delivers it, and leaves nothing', () => {
    const s = start();
    s.begin();
    s.play(3000);
    s.view.destroy();
    s.view.destroy();
    expect(s.types().at(-1)).toBe('exit');
    expect(s.detached()).toBe(1);
    s.timers.advance(1000);
    expect(s.timers.size()).toBe(0);
    expect(s.isWatchingPage()).toBe(false);
    const after = s.sent.length;
    s.view.signal('interaction', { kind: 'like' });
    s.view.update({ asset: { id: 'x' } });
    s.timers.advance(600_000);
    expect(s.sent.length).toBe(after);
  });

  it.each([
    ['optOut', 0],
    ['consent', 1],
  ] as const)('lets the viewer decide over what waits after destroy(): %s()', (decide, left) => {
    const world: World = { answers: () => ({ status: 0, body: '' }) };
    const s = start({ privacy: 'consented', viewer: { id: 'somebody' } }, world);
    s.begin();
    s.play(500);
    s.view.destroy();
    const since = s.sent.length;
    s.view[decide]('none');
    delete world.answers;
    s.timers.advance(left === 0 ? 1_000 : 120_000);
    const after = s.sent.slice(since).map(({ beacon }) => beacon.ctx);
    expect(Math.min(1, after.length)).toBe(left);
    expect(after.filter(({ viewer, privacy }) => viewer || privacy !== 'none')).toEqual([]);
    expect(s.timers.size()).toBe(0);
    expect(s.isWatchingPage()).toBe(false);
  });

  it('asks for nothing more once the viewer has objected', () => {
    const s = start({}, { settings: { privacy: 'exempt' } });
    s.view.optOut();
    expect(s.timers.size()).toBe(0);
  });

  it('keeps what an answer says is accepted that does not come from a collector', () => {
    const world: World = { answers: () => ({ status: 200, body: '<!doctype html>Offline' }) };
    const s = start({}, world);
    s.begin();
    s.play(45_000);
    const [first] = s.sent;
    delete world.answers;
    const since = s.sent.length;
    s.timers.advance(120_000);
    expect(s.sent.slice(since).map(({ beacon }) => beacon.events)).toContainEqual(
      first?.beacon.events,
    );
    expect(s.sent.at(-1)?.beacon.lost).toBeUndefined();
  });

  it.each(['destroy', 'optOut'] as const)('does nothing more after %s()', (last) => {
    const s = start();
    s.begin();
    s.play(3000);
    s.view[last]();
    s.timers.advance(120_000);
    const sent = s.sent.length;
    s.view.signal('interaction', { kind: 'like' });
    s.view.error({ code: 'late' });
    s.view.request();
    s.view.consent('consented');
    s.view.update({ asset: { id: 'other' } });
    s.view.optOut();
    s.view.destroy();
    s.page('hidden');
    s.timers.advance(600_000);
    expect(s.sent.length).toBe(sent);
    expect(s.timers.size()).toBe(0);
    expect(s.isWatchingPage()).toBe(false);
    expect(s.detached()).toBe(1);
  });

  it.each([3_600_000, -3_600_000])(
    'goes by the collector’s clock where Retry-After is a date, on a device that is %i ms off',
    (offMs) => {
      const time = () => WALL + s.timers.now() - offMs;
      const date = () => new Date(Math.ceil(time() / 1000) * 1000 + 30_000).toUTCString();
      const refusal = () => ({
        status: 503,
        body: JSON.stringify({ code: 'stopping', time: time() }),
        retryAfter: date(),
      });
      const s = start({}, { answers: refusal });
      const tries = () => new Set(s.sent.map(({ url }) => url)).size;
      s.begin();
      s.timers.advance(29_000);
      expect(tries()).toBe(1);
      s.timers.advance(4_000);
      expect(tries()).toBe(2);
    },
  );

  it('forgets what is stored where a consent is withdrawn long after the end, and asks nothing', () => {
    const { done, offline } = recordStore();
    const world: World = { answers: () => ({ status: 0, body: '' }) };
    const s = start({ privacy: 'consented', offline }, world);
    s.begin();
    s.view.destroy();
    s.timers.advance(120_000);
    const { length } = s.asked;
    s.view.consent('exempt');
    expect(done.slice(-2)).toEqual(['revise', 'close']);
    s.view.consent('none');
    expect(done).toContain('erase');
    world.refused = true;
    s.view.consent('exempt');
    s.view.consent('consented');
    s.timers.advance(120_000);
    expect([s.asked.length, s.timers.size(), s.isWatchingPage()]).toEqual([length, 0, false]);
  });
});
