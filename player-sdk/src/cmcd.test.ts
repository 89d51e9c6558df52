import { LoaderContextType } from 'hls.js';
import { describe, expect, it, vi } from 'vitest';
import { type CmcdOptions, cmcd, type ShakaRequests } from './cmcd.ts';
import type { Context } from './contract/context.ts';
import type { Monitor } from './options.ts';

const VIEW = '01935b5e-7a10-7c3e-8f00-000000000001';

type Filter = (type: number, request: { uris: string[]; headers: Record<string, string> }) => void;

function start(options?: CmcdOptions) {
  const filters = new Set<Filter>();
  const context = { privacy: 'consented', asset: { id: 'film "4\\2"' } } as Context;
  const view = { view: VIEW, context } as { view: string; context: Context | undefined };
  const player: ShakaRequests = {
    getNetworkingEngine: () => ({
      registerRequestFilter: (filter) => filters.add(filter),
      unregisterRequestFilter: (filter) => filters.delete(filter),
    }),
  };
  const release = cmcd(player, view as Monitor, options); // Has all that is read.
  const ask = (uri: string, { type = 1, headers = {} as Record<string, string> } = {}) => {
    const request = { uris: [uri], headers };
    for (const filter of filters) filter(type, request);
    return { url: request.uris[0] ?? '', headers };
  };
  return { view, filters, release, ask };
}

/** The URL's CMCD, decoded. */
const said = (url: string) => new URL(url, 'https://cdn.example').searchParams.getAll('CMCD');
const OWN = `cid="film \\"4\\\\2\\"",sid="${VIEW}"`;

describe('cmcd', () => {
  it.each([
    ['https://cdn.example/1.m4s', `${OWN},v=2`],
    ['https://cdn.example/1.m4s?token=a%2Fb&e=1#t=3', `${OWN},v=2`],
    ['https://cdn.example/1.m4s?CMCD=bl%3D2000%2Csid%3D%22its%2Cown%22&e=1', `bl=2000,${OWN}`],
    ['https://cdn.example/1.m4s?CMCD=%E0%A4%A', `${OWN},v=2`],
    ['/1.m4s', `${OWN},v=2`],
  ])('says of %s: %s', (uri, expected) => {
    const { url } = start().ask(uri);
    expect(said(url)).toEqual([expected]);
    const [before, after] = [new URL(uri, 'https://a.example'), new URL(url, 'https://a.example')];
    for (const each of [before, after]) each.searchParams.delete('CMCD');
    expect(after.href).toBe(before.href);
  });

  it('bears a place without a player, a view or options', () => {
    expect(cmcd(undefined as never, undefined as never)).not.toThrow();
    expect(said(start(null as never).ask('/1.m4s').url)).toEqual([`${OWN},v=2`]);
    const filters: Filter[] = [];
    const engine = {
      registerRequestFilter: (filter: Filter) => filters.push(filter),
      unregisterRequestFilter() {},
    };
    cmcd({ getNetworkingEngine: () => engine }, undefined as never);
    const request = { uris: ['/1.m4s'], headers: {} };
    for (const filter of filters) filter(1, request);
    expect(request.uris).toEqual(['/1.m4s']);
    expect(filters).toHaveLength(1);
  });

  it.each([
    {},
    { config: undefined },
    new EventTarget(),
    'x',
    7,
    { getNetworkingEngine: () => 1 },
    { tech() {} },
  ])('does nothing with what is none of the players: %o', (player) => {
    const view = { view: VIEW, context: { privacy: 'consented', asset: { id: 'film' } } };
    for (const each of [view, undefined]) {
      const release = cmcd(player as never, each as unknown as Monitor);
      expect(release).not.toThrow();
    }
  });

  it('names the view to CDNs only, by what hls.js says that a request is for', () => {
    const asked: unknown[][] = [];
    const config = { xhrSetup: (...given: unknown[]) => asked.push(given) };
    const context = { privacy: 'consented', asset: { id: 'film' } };
    cmcd({ config }, { view: VIEW, context } as unknown as Monitor);
    config.xhrSetup('xhr', '/0'); // Before 1.7.
    expect(asked[0]).toEqual(['xhr', '/0', undefined]);
    const isSigned = (type?: string) => {
      config.xhrSetup('xhr', '/1', { url: '/1', type });
      return said(String(asked.at(-1)?.[1])).join() === `cid="film",sid="${VIEW}",v=2`;
    };
    const types = `manifest level audioTrack subtitleTrack media-fragment key steering-manifest
      server-certificate interstitial-asset-list`.split(/\s+/);
    expect([...types, undefined].filter(isSigned)).toEqual(types.slice(0, 5));
    expect(Object.values(LoaderContextType).sort()).toEqual(types.sort()); // All that there are.
  });

  it('keeps the hooks that a page has set for all players of video.js, and calls each once', async () => {
    type Hook = (options: { uri: string }) => { uri: string } | undefined;
    const own = new Set<Hook>();
    const heard: string[] = [];
    const shared = new Set<Hook>([
      ({ uri }) => ({ uri: `${uri}?token=1` }),
      ({ uri }) => void heard.push(uri), // VHS takes nothing for no change.
    ]);
    const vhs = {
      xhr: {
        _requestCallbackSet: own,
        onRequest: (hook: Hook) => own.add(hook),
        offRequest: (hook: Hook) => own.delete(hook),
      },
      options_: { externVhs: { xhr: { _requestCallbackSet: shared } } },
    };
    const player = { tech: () => ({ vhs }), on() {}, off() {} };
    const context = { privacy: 'consented', asset: { id: 'film' } };
    const release = cmcd(player, { view: VIEW, context } as unknown as Monitor);
    const [hook] = own;
    const given = { uri: '/1.ts' };
    expect(hook?.(given)?.uri).toMatch(/^\/1\.ts\?token=1&CMCD=/);
    expect(given).toEqual({ uri: '/1.ts' }); // By it, VHS tells what becomes of the request.
    expect(heard).toEqual(['/1.ts?token=1']);

    // A plugin does the same as the page, with a copy of its own.
    vi.resetModules();
    const copy: { cmcd: typeof cmcd } = await import('./cmcd.ts');
    const releaseNext = copy.cmcd(player, { view: 'next', context } as unknown as Monitor);
    const ask = () => [...own].reduce((options, each) => each(options) ?? options, given);
    const { uri } = ask();
    expect(heard).toEqual(['/1.ts?token=1', '/1.ts?token=1']);
    expect(uri).toContain('?token=1&');
    expect(said(uri)).toEqual(['cid="film",sid="next",v=2']);
    own.add((options) => options); // Of the page, in place of those for all.
    expect(ask().uri).not.toContain('token');
    own.clear();
    for (const each of [release, releaseNext]) each();
    expect(own.size).toBe(0);
  });

  it('signs a request that is tried again as it was', () => {
    const { ask } = start();
    const once = ask('https://cdn.example/1.m4s').url;
    expect(ask(once).url).toBe(once);
  });

  it('says it in a header where that is asked for, or where the player does', () => {
    const header = (value: string) => ({ 'CMCD-Session': value });
    expect(start({ headers: true }).ask('/1')).toEqual({
      url: '/1',
      headers: header(`${OWN},v=2`),
    });
    const given = start().ask('/1', { headers: header('cid="x",sf=d,v=2') });
    const merged = `${OWN.replace(',sid', ',sf=d,sid')},v=2`;
    expect(given).toEqual({ url: '/1', headers: header(merged) });
  });

  it('follows the view, its asset and its privacy', () => {
    const { view, ask } = start();
    view.view = 'other';
    view.context = { privacy: 'consented', asset: { id: 'é' } } as Context;
    expect(said(ask('/1').url)).toEqual(['sid="other",v=2']); // No such letter in a CMCD string.
    for (const privacy of ['none', 'exempt'] as const) {
      view.context = { privacy, asset: { id: 'a' } } as Context;
      expect(ask('/1').url).toBe('/1');
    }
    view.context = undefined; // Destroyed, or opted out.
    expect(ask('/1').url).toBe('/1');
  });

  it.each([
    ['/live.m3u8', '/live.m3u8'],
    ['/live.m3u8?a=1#t=3', '/live.m3u8?a=1#t=3'],
    ['/live.m3u8?CMCD=v%3D2&a=1', '/live.m3u8?a=1'],
    ['/live.m3u8?a=1&CMCD=v%3D2&b=2#t=3', '/live.m3u8?a=1&b=2#t=3'],
    [
      '/live.m3u8?CMCD=bl%3D2000%2Csid%3D%22x%22%2Cv%3D2&a=1',
      '/live.m3u8?CMCD=bl%3D2000%2Cv%3D2&a=1',
    ],
  ])('takes the view out of what a player has kept of %s', (uri, expected) => {
    const { view, ask } = start();
    const { url: kept } = ask(uri); // The address of the answer, which is asked for again.
    view.view = 'next';
    expect(said(ask(uri).url).join()).toContain('sid="next"');
    view.context = { privacy: 'exempt', asset: { id: 'a' } } as Context;
    expect(ask(kept).url).toBe(expected);
    view.context = undefined; // Destroyed, or opted out.
    expect(ask(kept).url).toBe(expected);
    const own = '/1?CMCD=cid%3D%22a%22%2Csid%3D%22its%2Cown%22%2Cv%3D2';
    expect(ask(own).url).toBe(own);
    expect(start().ask('/1?CMCD=%E0%A4%A').url).toContain('CMCD=');
  });

  it('leaves to another view what that one has said', () => {
    const first = start();
    first.view.context = undefined;
    const signed = start().ask('/1').url;
    expect(first.ask(signed).url).toBe(signed);
  });

  it('leaves licences, the page’s own requests and blobs alone, and all once it is released', () => {
    const { ask, filters, release } = start();
    expect(ask('/license', { type: 2 }).url).toBe('/license');
    for (const url of ['blob:https://a.example/1', 'data:,1', 'offline:segment/idb/v5/1'])
      expect(ask(url).url).toBe(url);
    release();
    expect(filters.size).toBe(0);
  });
});
