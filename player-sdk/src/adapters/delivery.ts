// Requests on their way and at their end: what becomes of each is told exactly once, and where the
// picture comes from is told when it changes. Times are told only where they are the network's.
import type { Segment } from '../contract/signal.ts';
import type { Port } from './adapter.ts';

/** One request as its player knows it. */
export interface Request {
  readonly kind: Segment['kind'];
  /** The final URL where it is known, after redirects. */
  readonly url: string | null | undefined;
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
  /** Another source: where its picture comes from is to be told, even if it is from there again. */
  forget(): void;
}

interface Pending {
  readonly at: number;
  gaveUp(): Delivered | undefined;
}

/** @param base The address of the page, where it is known yet: players tell relative ones too. */
export function createDelivery(port: Port, base: () => string | undefined): Requests {
  const pending: { [kind: string]: Pending } = {};
  let known = '';
  let seesVideo = false;

  const tell = (request: Delivered, timed: boolean) => {
    const { kind } = request;
    const { host, href } = toUrl(request.url, base());
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
    const [ttfbMs, transferMs] = timed && ok ? toTimes(href, request) : [];
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
      known = '';
      seesVideo = false;
    },
  };
}

/**
 * Nothing is known of the network from an answer of a cache or a service worker. Browsers tell of
 * these to Resource Timing only, and where the origin allows; what is not told counts as the network's.
 */
function toTimes(url: string, { start, first, end }: Delivered): readonly number[] {
  const entry = lastTiming(url);
  if (entry && entry.responseStart > 0) {
    if (entry.workerStart > 0 || (entry.encodedBodySize > 0 && entry.transferSize === 0)) return [];
    if (!first) ({ startTime: start, responseStart: first, responseEnd: end } = entry);
  }
  return start && first && end && first >= start && end >= first
    ? [first - start, end - start]
    : [];
}

/** What the browser last told of an address; not all do of all. */
function lastTiming(url: string): PerformanceResourceTiming | undefined {
  // The only type that is asked for.
  return performance.getEntriesByName(url, 'resource').pop() as PerformanceResourceTiming;
}

function toUrl(url: string | null | undefined, base: string | undefined): Address {
  try {
    if (url) return new URL(url, base);
  } catch {} // No address: nobody could be asked.
  return NOWHERE;
}

type Address = Pick<URL, 'host' | 'href'>;

const NOWHERE: Address = { host: '', href: '' };
