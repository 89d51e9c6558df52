// The collector's refusals, as a beacon's sender reads them. Each code is stable for ever.
import type { PrivacyMode } from './context.ts';

/** Body of every answer outside 2xx, always with CORS headers so that the page may read it. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  readonly remedy: string;
  /** Server time, epoch ms: what a sender with a wrong clock needs. */
  readonly time: number;
}

export const REFUSAL_CODES = [
  'bad_request', // 400: the URL or the body's framing is not of the contract
  'not_json', // 400
  'invalid_beacon', // 400: no beacon in the body can be used
  'unsupported_version', // 400
  'unknown_key', // 401
  'origin_refused', // 403
  'not_found', // 404
  'method_refused', // 405
  'clock', // 409: send time over 30 s off; `time` has the server's
  'key_stopped', // 410: this key is closed for good; stop sending
  'body_too_large', // 413
  'too_many_beacons', // 413
  'quota', // 429, Retry-After
  'internal', // 500
  'log_full', // 503, Retry-After
  'log_failing', // 503, Retry-After
  'stopping', // 503, Retry-After
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** 2xx body: what was taken, and what of it was rejected item by item. */
export interface Acceptance {
  readonly accepted: number;
  readonly rejected: number;
  readonly time: number;
  /** Share of the property's quota in use, 0 … 1: there from the share at which it warns. */
  readonly quota?: number;
}

/** `GET /{path}/{write key}`: the settings, which can only tighten what the page decided. */
export interface Settings {
  /** Server time, epoch ms, read as late as possible. */
  readonly time: number;
  readonly heartbeatMs: number;
  /** Share of views kept, 0 … 1; the page's own wins where it is lower. */
  readonly sampling: number;
  /** The loosest mode allowed. */
  readonly privacy: PrivacyMode;
}
