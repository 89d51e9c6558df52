// What the API takes and gives, as zod schemas: the one source of its validation, of OpenAPI and of
// the typed client. Times are epoch ms; frames are @grafana/data's DataFrameJSON.
import {
  DELIVERY_POSITIONS,
  type Position,
  PRIVACY_MODES,
  SLICE_POSITIONS,
  SUMMARY_POSITIONS,
} from '@retour/player-sdk/contract';
import { z } from 'zod';

/** One filter: a dimension and the values that pass. */
export const filterSchema = z
  .object({
    dimension: z.string().max(60),
    values: z.array(z.string().max(500)).min(1).max(50),
  })
  .meta({ id: 'Filter' });

export const fieldSchema = z.object({
  name: z.string(),
  type: z.enum(['time', 'number', 'string', 'boolean']),
  /** Unit is a metric's unit; displayName what a person reads. */
  config: z.object({ displayName: z.string().optional(), unit: z.string().optional() }).optional(),
});

/** DataFrameJSON of @grafana/data: `toDataFrame`/`dataFrameFromJSON` read it as it is. */
export const frameSchema = z
  .object({
    schema: z.object({ name: z.string().optional(), fields: z.array(fieldSchema) }),
    data: z.object({
      values: z.array(z.array(z.union([z.number(), z.string(), z.boolean(), z.null()]))),
    }),
  })
  .meta({ id: 'Frame' });

export const queryRequestSchema = z
  .object({
    metrics: z.array(z.string()).min(1).max(20),
    from: z.int(),
    to: z.int(),
    /** Cell width in ms for a time series; absent gives one row per group. */
    intervalMs: z.int().min(10_000).optional(),
    /** Group by this dimension, largest groups first. */
    dimension: z.string().max(60).optional(),
    limit: z.int().min(1).max(200).optional(),
    filters: z.array(filterSchema).max(10).optional(),
  })
  .meta({ id: 'QueryRequest' });

export const queryResponseSchema = z
  .object({
    frames: z.array(frameSchema),
    /** Figures after this moment are incomplete: too few open views have reported. */
    completeUntil: z.int(),
    notes: z.array(z.string()),
  })
  .meta({ id: 'QueryResponse' });

/**
 * How the feed itself is. `empty`: no view ever came. `quiet`: beacons could come and none does.
 * `blind`: the pipeline is broken or late, so that no figure may be read as "no audience".
 */
export const feedStateSchema = z
  .enum(['live', 'quiet', 'empty', 'blind'])
  .meta({ id: 'FeedState' });

/** Sent by a live client, first thing and whenever what it shows changes. */
export const liveRequestSchema = z
  .object({
    token: z.string().max(200).optional(),
    filters: z.array(filterSchema).max(10).default([]),
    /** The table under the charts: groups of this dimension. */
    dimension: z.string().max(60).optional(),
  })
  .meta({ id: 'LiveRequest' });

/** Pushed at most once a second; a slow client gets the newest and never a queue. */
export const liveMessageSchema = z
  .object({
    type: z.literal('live'),
    at: z.int(),
    state: feedStateSchema,
    /** Why `blind` or `quiet`, for a person. */
    stateReason: z.string(),
    completeUntil: z.int(),
    /** Metric id → figure of the last minute (concurrent views: now); null where there is none. */
    totals: z.record(z.string(), z.number().nullable()),
    /** One row a 10 s cell over the last 15 minutes: time, then one field per metric. */
    series: frameSchema,
    /**
     * Groups of the asked dimension over the last 5 minutes, the most watched first: `value`, `label`
     * (its title, or the value again), then one field per metric; concurrent views are those of now.
     */
    table: frameSchema.nullable(),
  })
  .meta({ id: 'LiveMessage' });

export const liveErrorSchema = z
  .object({
    type: z.literal('error'),
    code: z.string(),
    message: z.string(),
    remedy: z.string(),
  })
  .meta({ id: 'LiveError' });

export const viewRowSchema = z
  .object({
    view: z.string(),
    start: z.int(),
    last: z.int(),
    assetId: z.string(),
    assetTitle: z.string(),
    playerName: z.string(),
    adapter: z.string(),
    country: z.string(),
    browser: z.string(),
    os: z.string(),
    deviceType: z.string(),
    /** A PLAY_STATES word; and an EXIT_KINDS word. */
    state: z.string(),
    exit: z.string(),
    open: z.boolean(),
    startupMs: z.number().nullable(),
    playingMs: z.number(),
    stalledMs: z.number(),
    stalls: z.number(),
    errorCode: z.string(),
  })
  .meta({ id: 'ViewRow' });

/** `?search=…&filter=country:FR&filter=browser:Chrome&before=…&limit=50` */
export const viewsRequestSchema = z.object({
  /** A view id or its beginning, an asset id, or a part of an asset's title. */
  search: z.string().trim().max(200).optional(),
  /** `dimension:value`, repeatable; several values of one dimension are alternatives. */
  filter: z
    .union([
      z
        .string()
        .max(600)
        .transform((one) => [one]),
      z.array(z.string().max(600)).max(20),
    ])
    .optional(),
  before: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const viewsResponseSchema = z
  .object({
    views: z.array(viewRowSchema),
    /** Ask again with `before` set to it; null at the end. */
    next: z.string().nullable(),
  })
  .meta({ id: 'ViewsResponse' });

/** A row of one of the contract's position tables: every position, codes as words. */
function rowSchema(table: readonly Position[]): z.ZodObject<Record<string, z.ZodType>> {
  const words = ['clock', 'exitKind', 'endState'];
  const fields = table.map(([name, kind]): [string, z.ZodType] => {
    if (kind === 'list') return [name, z.array(z.array(z.number()))];
    return [name, kind === 'text' || words.includes(name) ? z.string() : z.number()];
  });
  return z.object(Object.fromEntries(fields));
}

/** Buckets of the contract's histogram and how often each was met. */
const histogramSchema = z.array(z.array(z.number()));

export const deliverySchema = rowSchema(DELIVERY_POSITIONS)
  .extend({
    ttfbHistogram: histogramSchema,
    throughputHistogram: histogramSchema,
  })
  .meta({ id: 'Delivery' });

/** Renditions are [bit/s, width, height, playing ms], ranges [from ms, to ms]. */
export const sliceSchema = rowSchema(SLICE_POSITIONS)
  .extend({
    deliveries: z.array(deliverySchema),
  })
  .meta({ id: 'Slice' });

/** Ranges are [from ms, to ms, times]. */
export const summarySchema = rowSchema(SUMMARY_POSITIONS).meta({ id: 'Summary' });

/** What every event has, and beside it the facts of its type (the contract's EventFacts). */
export const viewEventSchema = z
  .looseObject({
    seq: z.int(),
    rev: z.int(),
    at: z.int(),
    ctx: z.int(),
    type: z.string(),
    clock: z.string(),
    pos: z.number().optional(),
  })
  .meta({ id: 'ViewEvent' });

/** One view, whole: rows as the contract decodes them, in order, the newest revision of each. */
export const viewResponseSchema = z
  .object({
    view: viewRowSchema,
    /** Of the newest revision; null while none has arrived. */
    context: z.record(z.string(), z.unknown()).nullable(),
    enrichment: z.record(z.string(), z.unknown()).nullable(),
    summary: summarySchema.nullable(),
    slices: z.array(sliceSchema),
    events: z.array(viewEventSchema),
    /** More rows than are given at once: the timeline ends early. */
    truncated: z.boolean(),
  })
  .meta({ id: 'ViewResponse' });

export const statusResponseSchema = z
  .object({
    version: z.string(),
    property: z.object({
      id: z.string(),
      name: z.string(),
      timeZone: z.string(),
      privacy: z.enum(PRIVACY_MODES),
    }),
    /** What the integrator pastes. */
    writeKeys: z.array(z.string()),
    /** Beacon endpoint, absolute, without the key; and the sample page where it is served. */
    endpoint: z.string(),
    sampleUrl: z.string().nullable(),
    state: feedStateSchema,
    stateReason: z.string(),
    firstViewAt: z.int().nullable(),
  })
  .meta({ id: 'StatusResponse' });

export const apiErrorSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    remedy: z.string(),
  })
  .meta({ id: 'ApiError' });
