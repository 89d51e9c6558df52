// Reads one parsed beacon: what of it can be used, and what is wrong with the rest. Only a bad
// envelope or context sinks a beacon; a bad slice, event, summary or loss report goes alone.
import { z } from 'zod';
import { CONTRACT_VERSION, type Losses, type WireBeacon } from '../beacon.ts';
import type { ViewEvent } from '../event.ts';
import { LIMITS } from '../limits.ts';
import type { Cell } from '../positions.ts';
import { contextSchema } from './context.ts';
import { eventSchemas } from './event.ts';
import { type Fault, fault, type Issue, toFault } from './issue.ts';
import { validateSlice } from './slice.ts';
import { validateSummary } from './summary.ts';
import { id, optional, whole } from './value.ts';

export interface ReadBeacon {
  /** Absent where nothing can be used. Known keys only, and only the items without an issue. */
  readonly beacon?: WireBeacon;
  /** At most one of each item, and one for all the items beyond a bound. */
  readonly issues: readonly Issue[];
}

/** A UUIDv7 (RFC 9562) in its canonical lower-case form: its text order is its order in time. */
export const VIEW_ID: RegExp =
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const envelopeSchema = z.compile(
  z.object({
    v: z.literal(CONTRACT_VERSION),
    sdk: z.object({ name: id, version: id }),
    view: z.string().regex(VIEW_ID, 'is not a canonical UUIDv7'),
    ctx: contextSchema,
    slices: optional(z.array(z.unknown())),
    events: optional(z.array(z.unknown())),
    summary: optional(z.unknown()),
    lost: optional(z.unknown()),
  }),
);

export const lossesSchema = z.compile(
  z.object({
    queueFull: optional(whole),
    refused: optional(whole),
    tooOld: optional(whole),
    storageFull: optional(whole),
    unloadFull: optional(whole),
    stopped: optional(whole),
    internal: optional(whole),
  } satisfies { [R in keyof Losses]-?: z.ZodExactOptional }),
);

export function readBeacon(value: unknown): ReadBeacon {
  const envelope = envelopeSchema.safeParse(value);
  if (!envelope.success)
    return { issues: [{ item: 'beacon', ...toEnvelopeFault(value, envelope.error) }] };
  const { slices, events, summary, lost, ...head } = envelope.data;
  const issues: Issue[] = [];
  const beacon: Writable<WireBeacon> = head;
  if (slices !== undefined) {
    beacon.slices = takeItems(
      slices,
      { name: 'slices', most: LIMITS.slices, take: takeSlice },
      issues,
    );
  }
  if (events !== undefined) {
    beacon.events = takeItems(
      events,
      { name: 'events', most: LIMITS.events, take: takeEvent },
      issues,
    );
  }
  if (summary !== undefined) {
    const found = validateSummary(summary);
    if (found === undefined)
      beacon.summary = summary as readonly Cell[]; // Validated just now.
    else issues.push({ item: 'summary', ...found });
  }
  if (lost !== undefined) {
    const read = lossesSchema.safeParse(lost);
    if (read.success) beacon.lost = read.data;
    else issues.push({ item: 'lost', ...toFault(read.error) });
  }
  return { beacon, issues };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

type Taken<T> = { readonly row: T } | { readonly fault: Fault };

interface Items<T> {
  readonly name: 'slices' | 'events';
  readonly most: number;
  readonly take: (value: unknown) => Taken<T>;
}

function takeItems<T>(
  values: readonly unknown[],
  { name, most, take }: Items<T>,
  issues: Issue[],
): T[] {
  const rows: T[] = [];
  const end = Math.min(values.length, most);
  for (let i = 0; i < end; i += 1) {
    const taken = take(values[i]);
    if ('row' in taken) rows.push(taken.row);
    else issues.push({ item: `${name}[${i}]`, ...taken.fault });
  }
  if (values.length > most) {
    issues.push({ item: `${name}[${most}…]`, ...fault('too_many', `${values.length} of ${most}`) });
  }
  return rows;
}

function takeSlice(value: unknown): Taken<readonly Cell[]> {
  const found = validateSlice(value);
  return found === undefined ? { row: value as readonly Cell[] } : { fault: found }; // Validated.
}

function takeEvent(value: unknown): Taken<ViewEvent> {
  const type =
    typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  if (typeof type !== 'string')
    return { fault: fault('shape', 'an event is an object with a type') };
  const schema = eventSchemas.get(type);
  if (schema === undefined)
    return { fault: fault('unknown_event', 'no event of version 1 has this type') };
  const read = schema.safeParse(value);
  return read.success ? { row: read.data } : { fault: toFault(read.error) };
}

function toEnvelopeFault(value: unknown, error: z.core.$ZodError): Fault {
  const version = typeof value === 'object' && value !== null && 'v' in value ? value.v : undefined;
  if (typeof version === 'number' && version !== CONTRACT_VERSION)
    return fault('unsupported_version', `v is ${version}, this is version ${CONTRACT_VERSION}`);
  return toFault(error);
}
