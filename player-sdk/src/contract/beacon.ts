// The beacon: one HTTP body. It stands alone: whoever reads it needs nothing that was sent before.
import type { Context } from './context.ts';
import type { ViewEvent } from './event.ts';
import type { Cell } from './positions.ts';
import { decodeSlice, encodeSlice, type Slice } from './slice.ts';
import { decodeSummary, encodeSummary, type Summary } from './summary.ts';

export const CONTRACT_VERSION = 1;

/** Why the SDK itself lost something. */
export type LossReason =
  | 'queueFull'
  | 'refused'
  | 'tooOld'
  | 'storageFull'
  // Reserved: what nobody takes at unload is kept, and of a page that did not come back nobody can tell.
  | 'unloadFull'
  | 'stopped'
  | 'internal';

/** Rows lost since the view began, by reason: running totals, which only ever grow. */
export type Losses = { readonly [R in LossReason]?: number };

/**
 * What is known of one view and not yet sent. The write key and the send time travel in the URL,
 * so that a resend refreshes the send time without touching a row.
 */
export interface Beacon {
  readonly v: typeof CONTRACT_VERSION;
  readonly sdk: { readonly name: string; readonly version: string };
  /** The view's id: a UUIDv7 in its canonical lower-case text form. */
  readonly view: string;
  readonly ctx: Context;
  readonly slices: readonly Slice[];
  readonly events: readonly ViewEvent[];
  readonly summary?: Summary;
  readonly lost?: Losses;
}

/** A beacon as it travels: JSON of this shape. */
export interface WireBeacon {
  readonly v: number;
  readonly sdk: { readonly name: string; readonly version: string };
  readonly view: string;
  readonly ctx: Context;
  readonly slices?: readonly (readonly Cell[])[];
  readonly events?: readonly ViewEvent[];
  readonly summary?: readonly Cell[];
  readonly lost?: Losses;
}

export function encodeBeacon({
  v,
  sdk,
  view,
  ctx,
  slices,
  events,
  summary,
  lost,
}: Beacon): WireBeacon {
  const wire: { -readonly [K in keyof WireBeacon]: WireBeacon[K] } = { v, sdk, view, ctx };
  if (slices.length > 0) wire.slices = slices.map(encodeSlice);
  if (events.length > 0) wire.events = events;
  if (summary) wire.summary = encodeSummary(summary);
  if (lost) wire.lost = lost;
  return wire;
}

/** Decodes what the schema has let through. */
export function decodeBeacon(wire: WireBeacon): Beacon {
  const { slices, events, summary, v: _, ...head } = wire;
  return {
    ...head,
    v: CONTRACT_VERSION,
    slices: (slices ?? []).map(decodeSlice),
    events: events ?? [],
    ...(summary !== undefined && { summary: decodeSummary(summary) }),
  };
}
