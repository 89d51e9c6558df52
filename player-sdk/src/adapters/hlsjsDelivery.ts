// One finished request of hls.js as a segment signal. Converts only.
import type { ErrorData, LoaderStats } from 'hls.js';
import type { Segment } from '../contract/signal.ts';

export interface Delivered {
  readonly kind: Segment['kind'];
  /** The final URL where it is known, after redirects. */
  readonly url: string;
  readonly stats: Pick<LoaderStats, 'loaded' | 'loading'>;
  readonly pathway?: string | undefined;
  /** hls.js gave it up half-way: its bytes count, its times mean nothing. */
  readonly aborted?: boolean;
}

export function toSegment({ kind, url, stats, pathway, aborted }: Delivered): Segment {
  const { start, first, end } = stats.loading;
  const timed = aborted !== true && start > 0 && first >= start && end >= first;
  return {
    kind,
    host: hostOf(url),
    bytes: stats.loaded,
    ok: true,
    ...(timed && { ttfbMs: first - start, transferMs: end - start }),
    ...(pathway !== undefined && { pathway }),
  };
}

const FAILED =
  /^(manifest|level|frag|key|audioTrack|subtitleTrack|keySystemLicenseRequest).*(LoadError|LoadTimeOut|RequestFailed)$/i;

export function isFailedRequest({ details }: ErrorData): boolean {
  return FAILED.test(details);
}

export function toFailedSegment(data: ErrorData): Segment {
  const url = data.frag?.url ?? data.url ?? data.context?.url ?? data.response?.url ?? '';
  const status = data.response?.code;
  return {
    kind: kindOf(data),
    host: hostOf(url),
    bytes: data.stats?.loaded ?? data.frag?.stats.loaded ?? 0,
    ok: false,
    ...(status !== undefined && status > 0 && { status }),
  };
}

function kindOf({ details, frag }: ErrorData): Segment['kind'] {
  if (details.startsWith('key')) return 'key';
  return details.startsWith('frag') ? kindOfFragment(frag) : 'manifest';
}

export function kindOfFragment(frag: ErrorData['frag']): Segment['kind'] {
  if (frag?.sn === 'initSegment') return 'init';
  return frag?.type === 'audio' ? 'audio' : frag?.type === 'subtitle' ? 'text' : 'video';
}

function hostOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(url)?.[1] ?? '';
}
