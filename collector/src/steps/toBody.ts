// The bytes that are kept of a beacon: as it came wherever that can be, and serialised again only
// where it shared its body with others or where items had to be taken out.
import type { Passage } from './passage.ts';

const encoder = new TextEncoder();

/** What goes into the log of an accepted beacon. */
export function toBody({ arrival, value, beacon, issues }: Passage): Uint8Array {
  if (issues.length > 0) return toJson(beacon);
  return arrival.values.length === 1 && arrival.body[0] === BRACE ? arrival.body : toJson(value);
}

/**
 * What is kept of a bad item: a beacon of its view and context with that item alone, so that it can
 * be replayed. `beacon` is all of it.
 */
export function toItemBody({ arrival, value, beacon }: Passage, item: string): Uint8Array {
  const named = ITEM.exec(item);
  if (named === null) return arrival.values.length === 1 ? arrival.body : toJson(value);
  const { v, sdk, view, ctx } = beacon;
  const [, name = '', from, more] = named;
  const all = (value as Readonly<Record<string, unknown>>)[name]; // An item of it was named.
  const start = Number(from);
  const some = Array.isArray(all) && from !== undefined;
  const end = more === undefined ? start + 1 : undefined;
  return toJson({ v, sdk, view, ctx, [name]: some ? all.slice(start, end) : all });
}

/** `slices[3]`, `events[200…]` (all from there on), `summary`, `lost`. */
const ITEM = /^(slices|events|summary|lost)(?:\[(\d+)(…)?\])?$/;

const BRACE = 0x7b;

function toJson(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}
