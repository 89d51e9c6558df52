// Turns rows, their contexts and the summary into wire bodies within LIMITS. A body carries one
// revision of the context, and only rows that were made under it.
import { type Beacon, encodeBeacon, type Losses } from './contract/beacon.ts';
import type { Context } from './contract/context.ts';
import { toFitting } from './contract/fit.ts';
import { LIMITS } from './contract/limits.ts';
import type { Rows } from './contract/rebase.ts';
import type { Labels } from './labels.ts';
import { type Parcel, sizeBytes } from './outbox/parcel.ts';

export interface Assembly {
  readonly sdk: Beacon['sdk'];
  readonly view: string;
  /**
   * The contexts that the rows may name, in ascending revision; the last is the newest. A row whose
   * context is no longer here goes with the oldest that is.
   */
  readonly contexts: readonly Context[];
  /** Straight from the meter. */
  readonly rows: Rows;
  /** Rows lost until now, since the view began. */
  readonly lost: Losses;
  readonly urgent: boolean;
  readonly labels: Labels;
}

/** A body whose rows can still be told. */
export interface BeaconParcel extends Parcel {
  readonly beacon: Beacon;
}

/** As many bodies as needed, in the order to send them; none where there is nothing to say. */
export function assembleBeacons(assembly: Assembly): BeaconParcel[] {
  const { contexts, labels, sdk, urgent, view } = assembly;
  const rows = labels.put(assembly.rows);
  const events = rows.events.map(toFitting);
  const parcels: BeaconParcel[] = [];
  contexts.forEach((ctx, i) => {
    const isNewest = i === contexts.length - 1;
    const isOf = (row: { readonly ctx: number }): boolean =>
      row.ctx === ctx.rev || (i === 0 && row.ctx < ctx.rev);
    const beacon: Beacon = {
      v: 1,
      sdk,
      view,
      ctx,
      slices: rows.slices.filter(isOf),
      events: events.filter(isOf),
      ...(isNewest && rows.summary !== undefined && withLosses(rows.summary, assembly.lost)),
    };
    if (countRows(beacon) > 0) parcels.push(...toParcels(beacon, urgent));
  });
  return parcels;
}

/** The parcel of a beacon: also how a rebase makes its new body. */
export function toParcel(beacon: Beacon, urgent: boolean): BeaconParcel {
  return { beacon, urgent, rows: countRows(beacon), body: JSON.stringify(encodeBeacon(beacon)) };
}

/** Moves the rows of a parcel; `move` comes from Labels.rebase. */
export function rebaseParcel(
  { beacon, urgent }: BeaconParcel,
  move: <T extends Rows>(rows: T) => T,
): BeaconParcel {
  return toParcel(move(beacon), urgent);
}

function withLosses(summary: NonNullable<Rows['summary']>, lost: Losses): Partial<Beacon> {
  return Object.keys(lost).length > 0 ? { summary, lost: { ...lost } } : { summary };
}

function countRows({ slices, events, summary }: Rows): number {
  return slices.length + events.length + (summary === undefined ? 0 : 1);
}

/** Halved until each part keeps the bounds on counts and fits what a browser takes at unload. */
function toParcels(beacon: Beacon, urgent: boolean): BeaconParcel[] {
  const { slices, events, summary: _summary, lost: _lost, ...head } = beacon;
  const parcel = toParcel(beacon, urgent);
  const fits =
    slices.length <= LIMITS.slices &&
    events.length <= LIMITS.events &&
    sizeBytes(parcel.body) < LIMITS.unloadBytes;
  if (fits || slices.length + events.length < 2) return [parcel];
  // One rounds up and the other down, so that one of each is split too.
  const s = Math.ceil(slices.length / 2);
  const e = Math.floor(events.length / 2);
  const older = { ...head, slices: slices.slice(0, s), events: events.slice(0, e) };
  const newer = { ...beacon, slices: slices.slice(s), events: events.slice(e) };
  return [...toParcels(older, urgent), ...toParcels(newer, urgent)];
}
