// The table of the collector's refusals: status, what was expected, remedy, and whether the refused
// body is kept in the rejected topic. The docs and the contract's codes are tied to it by a test.
import type { Refusal, RefusalCode } from '@retour/player-sdk/contract';

export interface ErrorEntry {
  readonly status: number;
  /** Completes "Expected …". */
  readonly expected: string;
  readonly remedy: string;
  /**
   * Whether the body of a known key goes to the rejected topic. Not where the sender keeps it and
   * comes again (quota, a log in trouble), nor where nobody owns it.
   */
  readonly kept: boolean;
}

export const ERRORS: { readonly [C in RefusalCode]: ErrorEntry } = {
  bad_request: {
    status: 400,
    expected: 'POST /{path}/{write key}?v=1&s={send time, epoch ms}[&u=1] with a body',
    remedy: 'Send the three parameters once each, and the body whole: plain or as one gzip stream.',
    kept: true,
  },
  not_json: {
    status: 400,
    expected: 'a body of JSON in UTF-8, plain or gzip',
    remedy: 'Send JSON.stringify of one beacon, or of an array of beacons.',
    kept: true,
  },
  invalid_beacon: {
    status: 400,
    expected: 'a beacon of contract version 1',
    remedy:
      'Compare the body with the contract and its golden examples; the message names the place.',
    kept: true,
  },
  unsupported_version: {
    status: 400,
    expected: 'contract version 1',
    remedy: 'Use an SDK of this contract version, or bring the collector up to date.',
    kept: true,
  },
  unknown_key: {
    status: 401,
    expected: 'a write key that belongs to a property',
    remedy: 'Copy the write key from the console; it is the last part of the path.',
    kept: false,
  },
  origin_refused: {
    status: 403,
    expected: "an origin that the property's settings allow",
    remedy: "Add the page's origin to the property; `null` is that of packaged TV applications.",
    kept: true,
  },
  not_found: {
    status: 404,
    expected: 'a path of this collector',
    remedy: 'Send to /{path}/{write key}, with the path that the collector is set to.',
    kept: false,
  },
  method_refused: {
    status: 405,
    expected: 'POST for beacons or GET for settings',
    remedy: 'Use POST for beacons and GET for settings.',
    kept: false,
  },
  clock: {
    status: 409,
    expected: 'a send time within 30 s of the server’s',
    remedy: 'Correct the clock by `time` of this answer, and send again under a new send time.',
    kept: true,
  },
  key_stopped: {
    status: 410,
    expected: 'a live write key',
    remedy: 'Stop sending with this key; the property may have another.',
    kept: false,
  },
  body_too_large: {
    status: 413,
    expected: 'a body of at most 524288 bytes, before and after gunzip',
    remedy: 'Send fewer slices and events in one body.',
    kept: true,
  },
  too_many_beacons: {
    status: 413,
    expected: 'at most 50 beacons in one body',
    remedy: 'Send the rest in another body.',
    kept: true,
  },
  quota: {
    status: 429,
    expected: "traffic within the property's quota",
    remedy: 'Keep the beacon and send it again after Retry-After; raise the quota if this stays.',
    kept: false,
  },
  internal: {
    status: 500,
    expected: 'no fault of ours',
    remedy: 'Send it again later; the collector’s own log names the fault.',
    kept: false,
  },
  log_full: {
    status: 503,
    expected: 'room in the log',
    remedy: 'Keep the beacon and send it again after Retry-After; the operator must make room.',
    kept: false,
  },
  log_failing: {
    status: 503,
    expected: 'a log that takes records',
    remedy:
      'Keep the beacon and send it again after Retry-After; the operator must look at the log.',
    kept: false,
  },
  stopping: {
    status: 503,
    expected: 'a collector that goes on running',
    remedy: 'Keep the beacon and send it again after Retry-After; another collector takes it.',
    kept: false,
  },
};

/** @param came Completes "…; it was …" without the body's own text. */
export function toRefusal(code: RefusalCode, came: string, time: number): Refusal {
  const { expected, remedy } = ERRORS[code];
  return { code, message: `Expected ${expected}; came ${came}.`, remedy, time };
}

/** A sender's own words, short and quoted. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
