// The errors of hls.js in the contract's words: its own `details` stay the code.
import type { ErrorData } from 'hls.js';
import type { ErrorCategory } from '../contract/event.ts';
import type { SignalFacts } from '../contract/signal.ts';

/** Not faults: the meter sees stalls by the playhead, and hls.js mends holes by itself. */
const QUIET = /^(bufferStalledError|bufferSeekOverHole|bufferNudgeOnStall|aborted|fragGap)$/;

export function isQuiet(details: string): boolean {
  return QUIET.test(details);
}

export function toErrorFacts(data: ErrorData): SignalFacts['error'] {
  const message = data.reason ?? data.error?.message ?? '';
  // Payment required, or barred by law: the service works as it was meant to.
  const business = data.response?.code === 402 || data.response?.code === 451;
  return {
    fatal: data.fatal,
    category: business ? 'business' : categoryOf(data),
    code: data.details,
    ...(message !== '' && { message }),
    ...(business && { business }),
  };
}

function categoryOf({ type, details }: ErrorData): ErrorCategory {
  if (type === 'keySystemError' || details.startsWith('key')) return 'drm';
  if (/^(manifest|level|audioTrack|subtitleTrack|playlist)/.test(details)) return 'manifest';
  if (type === 'networkError') return 'network';
  return type === 'mediaError' || type === 'muxError' ? 'media' : 'unknown';
}
