// Turns rows, their contexts and the summary into wire bodies within LIMITS. A body carries one
// revision of the context, and only rows that were made under it.
import { type Beacon, encodeBeacon, type Losses } from './contract/beacon.ts';
import type { Context } from './contract/context.ts';
import { LIMITS } from './contract/limits.ts';
import type { Rows } from './contract/rebase.ts';
import { sizeBytes } from './contract/sizeBytes.ts';
import type { Labels } from './labels.ts';
import type { Parcel } from './outbox/parcel.ts';
import { SDK } from './sdk.ts';

export interface Assembly {
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
  readonly urgent: boolean;
}

/** As many bodies as needed, in the order to send them; none where there is nothing to say. */
export function assembleBeacons(assembly: Assembly): BeaconParcel[] {
  const { contexts, labels, lost, urgent, view } = assembly;
  const { slices, events, summary } = labels.put(assembly.rows);
  const parcels: BeaconParcel[] = [];
  contexts.forEach((ctx, i) => {
    const isOf = (row: { readonly ctx: number }): boolean =>
      row.ctx === ctx.rev || (!i && row.ctx < ctx.rev);
    const beacon: Beacon = {
      v: 1,
      sdk: SDK,
      view,
      ctx,
      slices: slices.filter(isOf),
      events: events.filter(isOf),
    };
    if (summary && i === contexts.length - 1) {
      Object.assign(beacon, { summary }, Object.keys(lost).length ? { lost } : undefined);
    }
    if (countRows(beacon)) putParcels(parcels, beacon, urgent);
  });
  return parcels;
}

/** The parcel of a beacon: also how a rebase makes its new body. */
export function toParcel(beacon: Beacon, urgent: boolean): BeaconParcel {
  return { beacon, urgent, rows: countRows(beacon), body: JSON.stringify(encodeBeacon(beacon)) };
}

function countRows({ slices, events, summary }: Rows): number {
  return slices.length + events.length + Number(!!summary);
}

/** Halved until each part keeps the bounds on counts and fits what a browser takes at unload. */
function putParcels(parcels: BeaconParcel[], beacon: Beacon, urgent: boolean): void {
  const { v, sdk, view, ctx, slices, events } = beacon;
  const parcel = toParcel(beacon, urgent);
  const fits =
    slices.length <= LIMITS.slices &&
    events.length <= LIMITS.events &&
    sizeBytes(parcel.body) < LIMITS.unloadBytes;
  if (fits || slices.length + events.length < 2) {
    parcels.push(parcel);
    return;
  }
  // One rounds up and the other down, so that one of each is split too.
  const s = (slices.length + 1) >> 1;
  const e = events.length >> 1;
  const older = { v, sdk, view, ctx, slices: slices.slice(0, s), events: events.slice(0, e) };
  const newer = { slices: slices.slice(s), events: events.slice(e) };
  putParcels(parcels, older, urgent);
  putParcels(parcels, Object.assign({}, beacon, newer), urgent);
}
