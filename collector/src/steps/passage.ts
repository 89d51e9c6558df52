// What travels through the steps: first the request (an arrival), then each beacon in it (a
// passage). Steps fill in their own fields and end the way with a counted drop, never by throwing.
import {
  CONTRACT_VERSION,
  type Device,
  type RefusalCode,
  type WireBeacon,
} from '@retour/player-sdk/contract';
import type { Issue } from '@retour/player-sdk/contract/schema';
import type { Property, WriteKey } from '../control/property.ts';
import type { BeaconHead, Enrichment } from '../log/record.ts';
import { type Account, createAccount } from './account.ts';
import type { Place } from './place.ts';
import type { QuotaBook } from './quotaBook.ts';
import type { UserAgent } from './userAgent.ts';

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
  account: Account;
  /** What this request has taken of the quota. */
  charged: number;
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
  /** What the log will hold of it. */
  body: Uint8Array;
  enriched: Enriched;
  token: BeaconHead['token'];
}

/** What the steps may know of the world: all of it handed in. */
export interface Tools {
  readonly control: KeyRing;
  readonly quotas: QuotaBook;
  readonly enrich: Enrich;
}

/** All that enrichment may depend on. */
export interface Sender extends Pick<Call, 'address' | 'country' | 'userAgent'> {
  readonly hints: Device | undefined;
}

export interface Enriched {
  readonly enrichment: Enrichment;
  /** The same, serialised. */
  readonly json: string;
}

export type Enrich = (sender: Sender) => Enriched;

/** The part of the control state that the steps ask. */
export interface KeyRing {
  keyOf(writeKey: string): WriteKey | undefined;
  property(id: string): Property | undefined;
}

export type AdmissionStep = (arrival: Arrival, tools: Tools) => Verdict;
export type ReadingStep = (arrival: Arrival) => Verdict | Promise<Verdict>;
export type EnrichStep = (draft: Draft, sender: Sender, sources: Sources) => void;

export type Draft = { -readonly [K in keyof Enrichment]: Enrichment[K] };

/** Where enrichment looks things up. */
export interface Sources {
  readonly deviceOf: (userAgent: string) => UserAgent;
  readonly placeOf: (address: string) => Place;
}

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

const NO_ACCOUNT = createAccount('', 0, 0);

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
    account: NO_ACCOUNT,
    charged: 0,
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

const UNKNOWN: Enriched = { enrichment: createDraft(), json: JSON.stringify(createDraft()) };

export function createPassage(arrival: Arrival, value: unknown): Passage {
  return {
    arrival,
    value,
    beacon: UNREAD,
    issues: [],
    body: arrival.body,
    enriched: UNKNOWN,
    token: 'absent',
  };
}

export function createDraft(): Draft {
  return {
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
  };
}
