import { describe, expect, it } from 'vitest';
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

  it('bears a place without a player or a view', () => {
    expect(cmcd(undefined as never, undefined as never)).not.toThrow();
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

  it('leaves requests of an hls.js alone that does not say what they are for', () => {
    const asked: unknown[][] = [];
    const config = { xhrSetup: (...given: unknown[]) => asked.push(given) };
    const context = { privacy: 'consented', asset: { id: 'film' } };
    cmcd({ config }, { view: VIEW, context } as unknown as Monitor);
    config.xhrSetup('xhr', '/1.m4s');
    config.xhrSetup('xhr', '/2.m4s', { url: '/2.m4s' });
    expect(asked[0]).toEqual(['xhr', '/1.m4s', undefined]);
    expect(said(String(asked[1]?.[1]))).toEqual([`cid="film",sid="${VIEW}",v=2`]);
  });

  it('keeps the hooks that a page has set for all players of video.js', () => {
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
    release();
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

  it('leaves licences, the page’s own requests and blobs alone, and all once it is released', () => {
    const { ask, filters, release } = start();
    expect(ask('/license', { type: 2 }).url).toBe('/license');
    expect(ask('blob:https://a.example/1').url).toBe('blob:https://a.example/1');
    release();
    expect(filters.size).toBe(0);
  });
});
