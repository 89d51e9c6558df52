// Requests on their way and at their end: what becomes of each is told exactly once, and where the
// picture comes from is told when it changes. Times are told only where they are the network's.
import type { Segment, SignalFacts } from '../contract/signal.ts';
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
  /** For how long the oldest open request has waited; undefined where none is open. */
  waitingMs(): number | undefined;
}

export function createDelivery(port: Port): Requests {
  const pending: {
    [K in Segment['kind']]?: { at: number; gaveUp: () => Delivered | undefined } | undefined;
  } = {};
  let known = '';
  let seesVideo = false;

  const tell = (request: Delivered, timed: boolean) => {
    const { kind, pathway } = request;
    const host = toHost(request.url);
    const source: SignalFacts['pathway'] = { host, ...(pathway && { pathway }) };
    const status = request.status ?? 0;
    const ok = !(request.failed || status >= 400);
    if (kind === 'video') seesVideo = true;
    const shows = kind === 'video' || (kind === 'audio' && !seesVideo);
    const name = host + (pathway ?? '');
    if (ok && shows && name !== known) {
      known = name;
      port.emit('pathway', source);
    }
    port.emit('segment', {
      kind,
      bytes: request.bytes ?? 0,
      ok,
      ...source,
      host,
      ...(status > 0 && { status }),
      ...(timed && ok && toTimes(request)),
    });
  };

  return {
    open(kind, gaveUp) {
      const given = pending[kind]?.gaveUp();
      pending[kind] = { at: port.now(), gaveUp };
      if (given) tell(given, false);
    },
    deliver(delivered) {
      pending[delivered.kind] = undefined;
      tell(delivered, true);
    },
    waitingMs() {
      const since = Object.values(pending).map((each) => each?.at ?? Infinity);
      const ms = port.now() - Math.min(...since);
      return ms >= 0 ? ms : undefined;
    },
  };
}

/**
 * Nothing is known of the network from an answer of a cache or a service worker. Browsers tell of
 * these to Resource Timing only, and where the origin allows; what is not told counts as the network's.
 */
function toTimes({ url, start, first, end }: Delivered): Pick<Segment, 'ttfbMs' | 'transferMs'> {
  const entry = lastTiming(url);
  if (entry && entry.responseStart > 0) {
    const { transferSize, encodedBodySize, workerStart, startTime, responseStart } = entry;
    if (workerStart > 0 || (transferSize === 0 && encodedBodySize > 0)) return {};
    if (!first)
      return { ttfbMs: responseStart - startTime, transferMs: entry.responseEnd - startTime };
  }
  if (!start || !first || !end || first < start || end < first) return {};
  return { ttfbMs: first - start, transferMs: end - start };
}

function lastTiming(url: string | null | undefined): PerformanceResourceTiming | undefined {
  if (!url || typeof performance === 'undefined') return undefined;
  // The only type that is asked for.
  return performance.getEntriesByName(url, 'resource').pop() as
    | PerformanceResourceTiming
    | undefined;
}

export function toHost(url: string | null | undefined): string {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(url ?? '')?.[1] ?? '';
}
