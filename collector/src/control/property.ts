// A property: one publisher's service. It owns write keys, read tokens, privacy mode, allowed
// origins and quotas; every row and query belongs to one.
import type { PrivacyMode } from '@retour/player-sdk/contract';

export interface Property {
  /** Stable, short, `[a-z0-9-]{1,40}`. */
  readonly id: string;
  readonly name: string;
  /** IANA time zone: days and weeks are the property's own. */
  readonly timeZone: string;
  /** The loosest mode its pages may use. */
  readonly privacy: PrivacyMode;
  /** Origins allowed to send; empty allows all. `null` is that of packaged TV applications. */
  readonly origins: readonly string[];
  readonly heartbeatMs: number;
  /** Share of views kept, 0 … 1. */
  readonly sampling: number;
  readonly quota: Quota;
}

export interface Quota {
  /** Beacons a second, sustained; a burst of ten seconds' worth is taken. */
  readonly beaconsPerSecond: number;
  /** Share of the quota at which answers begin to warn (header `Retour-Quota`). */
  readonly warnAt: number;
  /** Beacons a second for a key that mostly sends rubbish. */
  readonly rubbishPerSecond: number;
}

/** Public: it stands in pages. */
export interface WriteKey {
  readonly key: string;
  readonly property: string;
  readonly state: 'live' | 'stopped';
}

/** Secret: only its SHA-256 is kept. */
export interface ReadToken {
  readonly hash: string;
  readonly property: string;
  readonly name: string;
}
