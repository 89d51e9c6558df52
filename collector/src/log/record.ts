// What the log holds for one accepted beacon and for one refusal: a JSON head, a newline, the body
// as it came. Enrichment happened once, before; a replay reads its result here and never enriches.

/** What the collector found out about the sender. Empty text where nothing is known. */
export interface Enrichment {
  /** ISO 3166-1 alpha-2, ISO 3166-2 subdivision, and city, from the operator's database or CDN. */
  readonly country: string;
  readonly region: string;
  readonly city: string;
  readonly asn: number;
  readonly network: string;
  readonly browser: string;
  readonly browserVersion: string;
  readonly os: string;
  readonly osVersion: string;
  readonly deviceType: DeviceType;
  readonly deviceMaker: string;
  readonly deviceModel: string;
  readonly bot: boolean;
  /** /24 of an IPv4, /48 of an IPv6 address; the rest is gone for good. */
  readonly addressPrefix: string;
}

export type DeviceType = 'desktop' | 'phone' | 'tablet' | 'tv' | 'console' | 'other' | '';

export interface BeaconHead {
  readonly property: string;
  /** Collector's clock, epoch ms. */
  readonly receivedAt: number;
  /** Send time less receipt, ms: how far the sender's corrected clock seemed off. */
  readonly skewMs: number;
  /** Sent at unload: its answer could not be read, so its rows are marked `clock: device` when skewed. */
  readonly unload: boolean;
  /** Whether a publisher's view token was there, and whether it is valid. */
  readonly token: 'absent' | 'valid' | 'invalid';
  readonly enrichment: Enrichment;
}

/** Where a refusal was made. */
export type RejectStage = 'collector' | 'writer';

export interface RejectHead {
  readonly property: string;
  readonly receivedAt: number;
  readonly stage: RejectStage;
  /** Stable reason code, from the stage's closed list. */
  readonly reason: string;
  /** What was expected and what came. Never holds the body. */
  readonly detail: string;
  /** Of the whole body: `beacon`; of one item in it: `slices[3]`, `events[0]`, `summary`. */
  readonly item: string;
}

export interface HeadedRecord<H> {
  readonly head: H;
  readonly body: Uint8Array;
}

const NEWLINE = 0x0a;
const decoder = new TextDecoder('utf-8', { fatal: true });

export function encodeRecord<H>(head: H, body: Uint8Array): Uint8Array {
  return encodeHeaded(JSON.stringify(head), body);
}

/** The same, for a head that was serialised before: the collector knows most of it by heart. */
export function encodeHeaded(headJson: string, body: Uint8Array): Uint8Array {
  const line = `${headJson}\n`;
  const headBytes = Buffer.byteLength(line);
  const record = Buffer.allocUnsafe(headBytes + body.length); // Filled to its last byte below.
  record.write(line);
  record.set(body, headBytes);
  return record;
}

/** @throws SyntaxError or TypeError when the record is not one: the caller isolates it as poison. */
export function decodeRecord<H>(record: Uint8Array): HeadedRecord<H> {
  const end = record.indexOf(NEWLINE);
  if (end < 0) throw new SyntaxError('a log record without a head');
  return {
    head: JSON.parse(decoder.decode(record.subarray(0, end))) as H, // Written by encodeRecord only.
    body: record.subarray(end + 1),
  };
}
