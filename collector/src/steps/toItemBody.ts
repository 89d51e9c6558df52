// What is kept of a bad item: a beacon of its view and context with that item alone, so that it can be
// replayed after a fix.
import { LIMITS } from '@retour/player-sdk/contract';
import type { Passage } from './passage.ts';

const encoder = new TextEncoder();

/** `slices[3]`, `events[200…]` (all from there on), `summary`, `lost`. */
const ITEM = /^(slices|events|summary|lost)(?:\[(\d+)(…)?\])?$/;

/** Cut at the bound of a body. `beacon` names all of it. */
export function toItemBody(passage: Passage, item: string): Uint8Array {
  const { arrival, value } = passage;
  const named = ITEM.exec(item);
  if (named !== null)
    return toJsonBytes(toItemBeacon(passage, named)).subarray(0, LIMITS.bodyBytes);
  if (arrival.values.length === 1) return arrival.body;
  return toJsonBytes(value).subarray(0, LIMITS.bodyBytes);
}

export function toJsonBytes(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

function toItemBeacon({ value, beacon }: Passage, named: RegExpExecArray): unknown {
  const { v, sdk, view, ctx } = beacon;
  const [, name = '', from, more] = named;
  const all = (value as Readonly<Record<string, unknown>>)[name]; // An item of it was named.
  if (!Array.isArray(all) || from === undefined) return { v, sdk, view, ctx, [name]: all };
  const start = Number(from);
  return {
    ...{ v, sdk, view, ctx },
    [name]: all.slice(start, more === undefined ? start + 1 : undefined),
  };
}
