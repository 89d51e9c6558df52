// CMCD v2 (CTA-5004-B) on a player's own requests: the view's id as `sid` and the asset's as `cid`, so
// that CDN logs meet views. With consent only; through each player's own hook, for one request at a time.
import type { MediaPlayerClass } from 'dashjs';
import type Hls from 'hls.js';
import type { Monitor } from './options.ts';

/** hls.js, as far as it is asked for: whoever has another player has no types of it. */
export interface HlsjsRequests {
  readonly config: object;
}

/** dash.js, in the same way. */
export interface DashjsRequests {
  addRequestInterceptor(intercept: never): void;
  removeRequestInterceptor(intercept: never): void;
}

/** Shaka Player, as far as it is used. */
export interface ShakaRequests {
  getNetworkingEngine(): {
    registerRequestFilter(filter: ShakaFilter): void;
    unregisterRequestFilter(filter: ShakaFilter): void;
  } | null;
}

type ShakaFilter = (type: number, request: { uris: string[]; headers: Fields }) => void;

/** video.js, as far as it is used: VHS hangs its hooks on the tech, anew for each source. */
export interface VideojsRequests {
  tech(safety: boolean): unknown;
  on(type: string, listener: () => void): void;
  off(type: string, listener: () => void): void;
}

/** Its own types leave VHS out. */
type Tech = { readonly vhs?: Vhs } | undefined;

interface Vhs {
  readonly xhr: VhsHooks;
  /** Of all players together. */
  readonly options_?: { readonly externVhs?: { readonly xhr: Partial<VhsHooks> } };
}

interface VhsHooks {
  readonly _requestCallbackSet?: ReadonlySet<VhsHook>;
  onRequest(hook: VhsHook): void;
  offRequest(hook: VhsHook): void;
}

/** What it answers is asked for; nothing is no change. `retour`: ours, of whatever copy of the SDK. */
interface VhsHook {
  (options: VhsRequest): VhsRequest | undefined;
  retour?: boolean;
}
interface VhsRequest {
  readonly uri: string;
  readonly headers?: Fields;
  readonly requestType?: string;
}

type Fields = Record<string, string>;

export interface CmcdOptions {
  /** In a header, which costs a preflight on other origins, instead of the query. */
  readonly headers?: boolean;
}

/** So many views back, an address that a player has kept is known as ours; older ones stay as they are. */
const VIEWS_MAX = 100;

/**
 * From now on hls.js, dash.js, Shaka Player or video.js name the view on their requests for
 * manifests and media. Keys that the player sends by itself stay. The answer ends it. What is none
 * of these players stays as it is; nothing is thrown.
 */
export function cmcd(
  player: HlsjsRequests | DashjsRequests | ShakaRequests | VideojsRequests,
  view: Monitor,
  options?: CmcdOptions,
): () => void {
  /** The ids that went out, the last first. */
  let told: readonly string[] = [];
  const sign: Sign = (url, fields) => {
    const context = view?.context;
    if (/^(blob|data|offline):/.test(url)) return url; // Found by the whole address.
    if (context?.privacy !== 'consented') return signQuery(url, [], told);
    if (told.indexOf(view.view) < 0) told = [view.view, ...told].slice(0, VIEWS_MAX);
    const cid = /^[ -~]{1,128}$/.test(context.asset.id) && toItem('cid', context.asset.id);
    const own = [cid, toItem('sid', view.view)].filter((item) => item !== false);
    if (options?.headers || fields[SESSION]) {
      fields[SESSION] = merge(fields[SESSION], own);
      return url;
    }
    return signQuery(url, own, told);
  };
  try {
    if ('addRequestInterceptor' in player) return signDashjs(player as MediaPlayerClass, sign); // By its name.
    if ('getNetworkingEngine' in player) return signShaka(player, sign);
    return 'tech' in player ? signVideojs(player, sign) : signHlsjs(player as Hls, sign); // What is left.
  } catch {
    return () => undefined; // A browser that plays by itself has none; a page may give anything.
  }
}

const SESSION = 'CMCD-Session';

/** The URL to ask for; may add to the header fields instead. */
type Sign = (url: string, fields: Fields) => string;

/** hls.js reads its `cmcd` option once; its set-up hooks see every request when it leaves. */
function signHlsjs({ config }: Hls, sign: Sign): () => void {
  const { xhrSetup, fetchSetup } = config;
  const put = (context: { url: string; type?: string; headers?: Fields }) => {
    // Servers of keys, steering and ad decisions are no CDNs. Before 1.7, hls.js does not say what it asks for.
    if (!/^(manifest|level|media)|Track$/.test(context.type ?? '')) return;
    const fields = context.headers ?? {};
    context.url = sign(context.url, fields);
    context.headers = fields;
  };
  const own: Pick<typeof config, 'xhrSetup' | 'fetchSetup'> = {
    xhrSetup(xhr, url, context?: Parameters<typeof put>[0]) {
      if (context) put(context);
      return xhrSetup?.call(config, xhr, context?.url ?? url, context as never); // What came, goes on.
    },
    fetchSetup(context, init) {
      put(context);
      const session = context.headers?.[SESSION];
      if (session) init.headers.set(SESSION, session);
      return fetchSetup ? fetchSetup(context, init) : new Request(context.url, init);
    },
  };
  Object.assign(config, own);
  return () => {
    if (config.xhrSetup === own.xhrSetup) Object.assign(config, { xhrSetup });
    if (config.fetchSetup === own.fetchSetup) Object.assign(config, { fetchSetup });
  };
}

/** dash.js and Shaka Player put their own keys first, and ask their hooks then. */
function signDashjs(player: MediaPlayerClass, sign: Sign): () => void {
  type Interceptor = Parameters<MediaPlayerClass['addRequestInterceptor']>[0];
  const intercept: Interceptor = (request) => {
    // As dash.js' HTTPLoader puts it there.
    const { request: asked } = request.customData as unknown as { request: { type: string } };
    request.headers ??= {};
    if (/^MPD$|Segment$/.test(asked.type)) request.url = sign(request.url, request.headers);
    return Promise.resolve(request);
  };
  player.addRequestInterceptor(intercept);
  return () => player.removeRequestInterceptor(intercept);
}

function signShaka(player: ShakaRequests, sign: Sign): () => void {
  const filter: ShakaFilter = (type, request) => {
    if (type > 1) return; // 0 manifests, 1 segments; licences, ads and the page's own come after.
    request.uris = request.uris.map((uri) => sign(uri, request.headers));
  };
  player.getNetworkingEngine()?.registerRequestFilter(filter);
  return () => player.getNetworkingEngine()?.unregisterRequestFilter(filter); // None once destroyed.
}

function signVideojs(player: VideojsRequests, sign: Sign): () => void {
  let vhs: Vhs | undefined;
  const hook: VhsHook = (given) => {
    const own = Array.from(vhs?.xhr._requestCallbackSet ?? []);
    const others = vhs?.options_?.externVhs?.xhr._requestCallbackSet ?? [];
    let options = given;
    // The hooks of a player keep VHS from calling those that the page has set for all players.
    if (own[0] === hook && own.every((each) => each.retour))
      for (const other of others) options = other(options) || options;
    if (/key|steering|clock/.test(options.requestType ?? '')) return options;
    const headers = { ...options.headers };
    // A copy: by the address in its own, VHS tells what became of the request.
    return { ...options, headers, uri: sign(options.uri, headers) };
  };
  hook.retour = true;
  const leave = () => vhs?.xhr.offRequest(hook);
  const enter = () => {
    leave();
    vhs = (player.tech(true) as Tech)?.vhs;
    vhs?.xhr.onRequest(hook);
  };
  enter();
  player.on('xhr-hooks-ready', enter);
  return () => {
    leave();
    player.off('xhr-hooks-ready', enter);
  };
}

/** Keys are RFC 8941 strings: printable ASCII. */
function toItem(key: string, value: string): string {
  return `${key}="${value.replace(/["\\]/g, '\\$&')}"`;
}

/** What the player says stays, but for what is ours; keys in alphabetical order. */
function merge(given: string | undefined, own: readonly string[]): string {
  const items = given?.match(/(?:[^,"]|"(?:\\.|[^"\\])*")+/g) ?? ['v=2'];
  const others = items.map((item) => item.trim()).filter((item) => !/^[cs]id=/.test(item));
  return [...others, ...own].sort().join(',');
}

/** Without items of ours, takes out what we have told: players ask again for the address that answered. */
function signQuery(url: string, own: readonly string[], told: readonly string[]): string {
  const [, path = '', query, fragment = ''] = /^([^?#]*)\??([^#]*)([\s\S]*)/.exec(url) ?? [];
  const parts = query ? query.split('&') : [];
  const at = parts.findIndex((part) => /^CMCD=/.test(part));
  const given = toText((parts[at] ?? '').slice(5));
  if (!own.length && !told.some((id) => given.indexOf(id) >= 0)) return url;
  const items = merge(given, own);
  const said = items && items !== 'v=2' ? [`CMCD=${encodeURIComponent(items)}`] : [];
  parts.splice(at < 0 ? parts.length : at, 1, ...said);
  return `${path}${parts.length ? '?' : ''}${parts.join('&')}${fragment}`;
}

/** What is no text is dropped: a page may have put anything there. */
function toText(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return '';
  }
}
