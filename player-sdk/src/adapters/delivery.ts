// Requests on their way and at their end: what becomes of each is told exactly once, and where the
// picture comes from is told when it changes. Times are told only where they are the network's.
import type { Segment } from '../contract/signal.ts';
import type { Port } from './adapter.ts';
import type { Scope } from './scope.ts';

/** One request as its player knows it. */
export interface Request {
  readonly kind: Segment['kind'];
  /** The final URL where it is known, after redirects. */
  readonly url: string | null | undefined;
  /** The one that was asked for, which browsers know a redirected request by. */
  readonly asked?: string | null | undefined;
  readonly pathway?: string | null | undefined;
}

/** One that ended. Times are ms of one clock, whichever. */
export interface Delivered extends Request {
  readonly bytes?: number | null | undefined;
  /** When it was sent, when its first byte came, when its last did. */
  readonly start?: number | null | undefined;
  readonly first?: number | null | undefined;
  readonly end?: number | null | undefined;
  readonly status?: number | null | undefined;
  /** It failed without a status, or with one that does not say so. */
  readonly failed?: boolean | undefined;
  /** What the browser tells of it, where it is known. */
  readonly timing?: PerformanceResourceTiming;
}

export interface Delivery {
  /**
   * A request leaves. A player has one of a kind at a time: one that was open was given up, and is
   * told as `gaveUp` says. For players that never say so themselves.
   */
  open(kind: Segment['kind'], gaveUp: () => Delivered | undefined): void;
  deliver(delivered: Delivered): void;
}

export interface Requests extends Delivery {
  /** For how long the oldest open request has waited; 0 where none is open. */
  waitingMs(): number;
  /**
   * Another source: what is open was given up, and where the picture comes from is to be told, even if it
   * is from there again.
   */
  forget(): void;
}

interface Pending {
  readonly at: number;
  gaveUp(): Delivered | undefined;
}

/**
 * @param base The address of the page, where it is known yet: players tell relative ones too.
 * @param scope Whose end ends the watch over what the browser tells.
 */
export function createDelivery(
  port: Port,
  base: () => string | undefined,
  scope: Watching,
): Requests {
  const takeTiming = followTimings(port, scope);
  const pending: { [kind: string]: Pending } = {};
  let known = '';
  let seesVideo = false;

  const tell = (request: Delivered, timed: boolean) => {
    const { kind } = request;
    const { host, href } = toUrl(request.url, base());
    const timingOf = () =>
      request.timing || takeTiming(href) || takeTiming(toUrl(request.asked, base()).href);
    const pathway = request.pathway || undefined;
    const status = request.status || undefined;
    const ok = !(request.failed || (status as number) >= 400); // Undefined compares to false.
    if (kind === 'video') seesVideo = true;
    const name = host + pathway;
    if (ok && name !== known && (kind === 'video' || (kind === 'audio' && !seesVideo))) {
      known = name;
      port.emit('pathway', { host, pathway });
    }
    const bytes = request.bytes || 0;
    const [ttfbMs, transferMs] = timed && ok ? toTimes(request, timingOf()) : [];
    port.emit('segment', { kind, host, pathway, bytes, ok, status, ttfbMs, transferMs });
  };

  return {
    open(kind, gaveUp) {
      const before = pending[kind];
      const given = before && before.gaveUp();
      pending[kind] = { at: port.now(), gaveUp };
      if (given) tell(given, false);
    },
    deliver(delivered) {
      delete pending[delivered.kind];
      tell(delivered, true);
    },
    waitingMs() {
      const now = port.now();
      let since = now;
      for (const kind in pending) since = Math.min(since, (pending[kind] as Pending).at); // Its own.
      return now - since;
    },
    forget() {
      for (const kind in pending) {
        const given = (pending[kind] as Pending).gaveUp(); // Its own.
        delete pending[kind];
        if (given) tell(given, false);
      }
      known = '';
      seesVideo = false;
    },
  };
}

/**
 * Nothing is known of the network from an answer of a cache or a service worker. Browsers tell of
 * these to Resource Timing only, and where the origin allows; what is not told counts as the network's.
 */
function toTimes(
  { start, first, end }: Delivered,
  entry: PerformanceResourceTiming | undefined,
): readonly number[] {
  if (entry && entry.responseStart > 0) {
    if (entry.workerStart > 0 || (entry.encodedBodySize > 0 && entry.transferSize === 0)) return [];
    if (!first) ({ startTime: start, responseStart: first, responseEnd: end } = entry);
  }
  return start && first && end && first >= start && end >= first
    ? [first - start, end - start]
    : [];
}

/** Of so many addresses it is known what was told of them last; they are looked up within moments. */
const ADDRESSES = 100;

/**
 * What the browser told last of an address, for one request only. The page's own list, which is left as
 * it is, ends at 250 entries by default; what comes after them, observers alone are told.
 */
function followTimings(
  port: Port,
  scope: Watching,
): (url: string) => PerformanceResourceTiming | undefined {
  const since = port.now();
  /** What ended by `at` is no later request's, however late the browser tells of it. */
  const told = new Map<string, { at: number; timing: PerformanceResourceTiming | undefined }>();
  const put = (url: string, at: number, timing?: PerformanceResourceTiming) => {
    told.delete(url); // The youngest are last.
    told.set(url, { at, timing });
    if (told.size > ADDRESSES) told.delete(told.keys().next().value as string); // There is one.
  };
  const note = (entries: PerformanceEntryList) => {
    for (const entry of entries) {
      const timing = entry as PerformanceResourceTiming; // The only type that is asked for.
      const { name, responseEnd } = timing;
      const before = told.get(name);
      if (responseEnd > (before ? before.at : since)) put(name, responseEnd, timing);
    }
  };
  const observer = observeResources(scope, note);
  return (url) => {
    note(
      observer && observer.takeRecords
        ? observer.takeRecords()
        : performance.getEntriesByName(url, 'resource'),
    );
    const last = told.get(url);
    put(url, port.now());
    return last && last.timing;
  };
}

export type Watching = Pick<Scope, 'guard' | 'own'>;

/** Hears of all requests of the page from now on; undefined where the browser does not tell. */
export function observeResources(
  { guard, own }: Watching,
  act: (entries: PerformanceEntryList) => void,
): PerformanceObserver | undefined {
  try {
    const observer = new PerformanceObserver(
      guard((list: PerformanceObserverEntryList) => act(list.getEntries())),
    );
    observer.observe({ entryTypes: ['resource'] }); // Older browsers know no `type`, and throw.
    own(() => observer.disconnect());
    return observer;
  } catch {
    return undefined;
  }
}

function toUrl(url: string | null | undefined, base: string | undefined): Address {
  try {
    if (url) return new URL(url, base);
  } catch {} // No address: nobody could be asked.
  return NOWHERE;
}

type Address = Pick<URL, 'host' | 'href'>;

const NOWHERE: Address = { host: '', href: '' };
