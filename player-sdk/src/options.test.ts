import { describe, expect, it } from 'vitest';
import { OPTIONS, start } from '../test/monitorInHand.ts';
import { createRecordedPort } from '../test/recordPort.ts';
import type { Adapter } from './adapters/adapter.ts';
import { dashjs } from './adapters/dashjs.ts';
import { hlsjs } from './adapters/hlsjs.ts';
import { html5 } from './adapters/html5.ts';
import { shaka } from './adapters/shaka.ts';
import { videojs } from './adapters/videojs.ts';
import { monitor } from './monitor.ts';
import type { DebugMessage } from './options.ts';

describe('monitor, of what untyped pages give', () => {
  it('takes facts of an asset without its id for none', () => {
    const s = start();
    s.begin();
    s.play(1000);
    const { view } = s.view;
    s.view.update({ asset: { title: 'Untyped' } as never, custom: { plan: 'free' } });
    s.play(12_000);
    expect(s.sent.at(-1)?.beacon).toMatchObject({
      view,
      ctx: { asset: OPTIONS.asset, custom: { plan: 'free' } },
    });
  });

  it('keeps the player that the adapter names where the page says nothing of it', () => {
    const s = start({ player: { name: undefined, version: '9' } as never });
    expect(s.view.context?.player).toMatchObject({ adapter: 'test', version: '9' });
    expect(s.view.context?.player.name).toBeTruthy();
  });

  it('bears a place without a page, and options that are none', () => {
    const adapter: Adapter = { player: { name: 'p', adapter: 'test' }, attach: () => () => {} };
    for (const options of [OPTIONS, undefined as never]) {
      const view = monitor(adapter, options); // As on a server that renders pages.
      view.signal('interaction', { kind: 'like' });
      view.destroy();
      expect(view.view).toBe('');
    }
  });

  it.each([
    [{ key: undefined }, 'option_missing: monitor() needs key'],
    ...[undefined, '', '127.0.0.1:7300/r', 'feed'].map((endpoint) => [
      { endpoint },
      'option_missing: monitor() needs endpoint (https://… or /…)',
    ]),
    ...[undefined, { title: 'A film' }, { id: {} }, { id: '' }].map((asset) => [
      { asset },
      'option_missing: monitor() needs asset.id (text)',
    ]),
    [{ key: '', endpoint: '' }, 'option_missing: monitor() needs key, endpoint (https://… or /…)'],
    [{ adapter: undefined }, 'option_missing: monitor() needs an adapter, as html5(video) gives'],
  ] as [object, string][])(
    'names what an untyped page left out, in debug mode: %o',
    (without, said) => {
      const told: DebugMessage[] = [];
      const debug = (message: DebugMessage) => told.push(message);
      const adapter: Adapter = { player: { name: 'p', adapter: 'test' }, attach: () => () => {} };
      const given = { adapter, ...OPTIONS, ...without, debug };
      expect(monitor(given.adapter as Adapter, given as never).view).toBe('');
      expect(told).toEqual([{ type: 'failed', error: new Error(said) }]);
    },
  );

  it.each([
    [{ offline: true }],
    [{ offline: () => () => undefined }], // The call was forgotten.
  ])('measures without a store that is none, and says so: %o', (options) => {
    const s = start(options as never);
    s.begin();
    s.play(500);
    expect(s.types()).toEqual(['requested', 'firstFrame']);
    expect(s.told.filter(({ type }) => type === 'failed')).toEqual([
      { type: 'failed', error: new TypeError('option_invalid: offline is what offline() gives') },
    ]);
  });

  it.each(['half', '', null, Number.NaN, -1])('measures all at a sampling of %o', (sampling) => {
    const s = start({ sampling: sampling as never });
    s.begin();
    s.timers.advance(1000);
    expect(s.sent[0]?.beacon.ctx.weight).toBe(1);
  });

  it.each<[string, (nothing: never) => Adapter]>([
    ['hlsjs', hlsjs],
    ['videojs', videojs],
    ['dashjs', dashjs],
    ['shaka', shaka],
    ['html5', html5],
  ])('bears %s() of nothing, and of what is no player', (_, adapt) => {
    for (const wrong of [undefined, null, {}, '#video']) {
      const adapter = adapt(wrong as never);
      const port = createRecordedPort();
      adapter.attach(port)();
      const { name } = adapter.player;
      expect(String(port.failures[0])).toContain(`adapter_failed: is it a player of ${name}? `);
    }
  });

  it('bears options that throw when they are read, and an adapter that throws when attached', () => {
    const attach = () => {
      throw new Error('destroyed');
    };
    const hostile = new Proxy(OPTIONS, { get: attach });
    const player = { name: 'p', adapter: 'test' };
    expect(monitor({ player, attach }, hostile).view).toBe('');
    const s = start({}, { settings: {}, attach });
    expect(s.boundary.caught()).toBe(1);
    s.view.request(); // What the page says is still told …
    s.timers.advance(1000);
    expect(s.types()).toEqual(['requested']);
    s.view.destroy();
    s.timers.advance(120_000); // … and nothing is left.
    expect(s.timers.size()).toBe(0);
    expect(s.isWatchingPage()).toBe(false);
  });

  it.each([
    [
      { code: 403, message: new Error('No entry: https://a.example/?token=1') },
      '403',
      'Error: No entry: https://a.example/',
    ],
    [
      { code: 404, message: "No https://a.example/l'ami?q=l'ami&token=1 here" },
      '404',
      "No https://a.example/l'ami here",
    ],
    [{ code: 'LOAD' }, 'LOAD', undefined],
    [new TypeError('boom'), 'TypeError', 'boom'],
    [Object.assign(new Error('boom'), { code: 404 }), '404', 'boom'],
    [new DOMException('Not here', 'NotSupportedError'), 'NotSupportedError', 'Not here'],
    [{ message: 'only this' }, 'unknown', 'only this'],
    ['GEO', 'GEO', undefined],
    [{ code: 'GEO', fatal: undefined, category: undefined }, 'GEO', undefined],
  ])('takes an error as untyped pages tell it: %o', (facts, code, message) => {
    const s = start();
    s.begin();
    s.view.error(facts as unknown as { code: string }); // As an untyped page.
    s.timers.advance(1000);
    const told = s.sent.flatMap(({ beacon }) => beacon.events);
    const fatal = { type: 'error', fatal: true, category: 'unknown', code };
    expect(told).toContainEqual(expect.objectContaining(fatal));
    expect(told.map((event) => event.type === 'error' && event.message)).toContain(message);
  });
});
