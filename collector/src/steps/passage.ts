// What travels through the steps: first the request (an arrival), then each beacon in it (a
// passage). Steps fill in their own fields and end the way with a counted drop, never by throwing.
import { CONTRACT_VERSION, type RefusalCode, type WireBeacon } from '@retour/player-sdk/contract';
import type { Issue } from '@retour/player-sdk/contract/schema';
import type { Property, WriteKey } from '../control/property.ts';
import type { BeaconHead, Enrichment } from '../log/record.ts';
import type { DeviceOf } from './putDevice.ts';
import type { PlaceOf } from './putGeography.ts';
import type { QuotaBook } from './quotaBook.ts';

/** The end of the way. `came` completes "…; came …" and never holds the body's own text. */
export interface Drop {
  readonly kept: false;
  readonly reason: RefusalCode;
  readonly came: string;
  readonly retryAfterS?: number;
}

export type Verdict = { readonly kept: true } | Drop;

export const KEPT: Verdict = { kept: true };

export function toDrop(reason: RefusalCode, came: string): Drop {
  return { kept: false, reason, came };
}

/** What the route read from the request. No other header is ever looked at, least of all a cookie. */
export interface Call {
  readonly writeKey: string;
  readonly query: { readonly v?: unknown; readonly s?: unknown; readonly u?: unknown };
  /** Absent where the sender is no browser. */
  readonly origin: string | undefined;
  readonly userAgent: string;
  /** The sender's address, behind the trusted proxies. Never stored. */
  readonly address: string;
  /** The CDN's country header, from a trusted proxy only. */
  readonly country: string;
  /** Server time, epoch ms. */
  readonly receivedAt: number;
  readonly body: Uint8Array;
}

export interface Arrival extends Omit<Call, 'body'> {
  /** As it came; after `inflate` the plain bytes. */
  body: Uint8Array;
  property: Property;
  /** What this request has taken of the quota so far. */
  charged: number;
  /** Share of the quota in use, 0 … 1. */
  quotaShare: number;
  unload: boolean;
  skewMs: number;
  /** The beacons, parsed and not yet checked. */
  values: readonly unknown[];
}

/** One beacon on its way. */
export interface Passage {
  readonly arrival: Arrival;
  readonly value: unknown;
  beacon: WireBeacon;
  issues: readonly Issue[];
  readonly enrichment: { -readonly [K in keyof Enrichment]: Enrichment[K] };
  token: BeaconHead['token'];
}

/** What the steps may know of the world: all of it handed in. */
export interface Tools {
  readonly control: KeyRing;
  readonly quotas: QuotaBook;
  readonly deviceOf: DeviceOf;
  readonly placeOf: PlaceOf;
}

/** The part of the control state that the steps ask. */
export interface KeyRing {
  keyOf(writeKey: string): WriteKey | undefined;
  property(id: string): Property | undefined;
}

export type RequestStep = (arrival: Arrival, tools: Tools) => Verdict | Promise<Verdict>;
export type BeaconStep = (passage: Passage, tools: Tools) => Verdict;

/** Whose an arrival is until `dropUnknownKey` has found its owner: nobody's, who may do nothing. */
const NOBODY: Property = {
  id: '',
  name: '',
  timeZone: 'UTC',
  privacy: 'none',
  origins: [],
  heartbeatMs: 0,
  sampling: 0,
  quota: { beaconsPerSecond: 0, warnAt: 0, rubbishPerSecond: 0 },
};

export function createArrival(call: Call): Arrival {
  return {
    writeKey: call.writeKey,
    query: call.query,
    origin: call.origin,
    userAgent: call.userAgent,
    address: call.address,
    country: call.country,
    receivedAt: call.receivedAt,
    body: call.body,
    property: NOBODY,
    charged: 0,
    quotaShare: 0,
    unload: false,
    skewMs: 0,
    values: [],
  };
}

/** What a passage holds until `validateBeacon` has read it. */
const UNREAD: WireBeacon = {
  v: CONTRACT_VERSION,
  sdk: { name: '', version: '' },
  view: '',
  ctx: {
    rev: 0,
    asset: { id: '' },
    player: { name: '', adapter: '' },
    privacy: 'none',
    weight: 1,
  },
};

export function createPassage(arrival: Arrival, value: unknown): Passage {
  return {
    arrival,
    value,
    beacon: UNREAD,
    issues: [],
    enrichment: {
      country: '',
      region: '',
      city: '',
      asn: 0,
      network: '',
      browser: '',
      browserVersion: '',
      os: '',
      osVersion: '',
      deviceType: '',
      deviceMaker: '',
      deviceModel: '',
      bot: false,
      addressPrefix: '',
    },
    token: 'absent',
  };
}
