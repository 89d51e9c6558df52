// The views one by one: the list, newest first, and one view whole. Takes a reader; builds no SQL.
import type { z } from 'zod';
import { dimensionOf } from '../metrics/dimensions.ts';
import { labelsOf } from '../query/labels.ts';
import { openMs } from '../query/openViews.ts';
import type { Filter } from '../query/question.ts';
import type { Reader, Row } from '../query/reader.ts';
import { toEventFields, toSliceFields, toSummaryFields } from '../query/viewColumns.ts';
import {
  toContextStatement,
  toEventsStatement,
  toSlicesStatement,
  toViewStatement,
  toViewsStatement,
  VIEW_ROWS,
  type ViewsQuestion,
} from '../query/viewSql.ts';
import { ApiError } from './errors.ts';
import type {
  viewResponseSchema,
  viewRowSchema,
  viewsRequestSchema,
  viewsResponseSchema,
} from './messages.ts';

export type ViewRow = z.infer<typeof viewRowSchema>;

export interface ViewsOptions {
  readonly reader: Reader;
  readonly property: string;
  readonly heartbeatMs: number;
  readonly now: number;
}

/** How far back the list looks at first, and then, while it is not full. The last is for ever. */
const WINDOWS_MS = [3_600_000, 86_400_000, 30 * 86_400_000, Number.POSITIVE_INFINITY];

export async function listViews(
  request: z.infer<typeof viewsRequestSchema>,
  options: ViewsOptions,
): Promise<z.infer<typeof viewsResponseSchema>> {
  const before = parseCursor(request.before);
  const question = {
    property: options.property,
    filters: parseFilterTexts(request.filter ?? []),
    search: request.search === undefined || request.search === '' ? null : request.search,
    before,
    limit: request.limit + 1,
  };
  const rows = await readWindows(question, before?.start ?? options.now, options.reader);
  const shown = rows.slice(0, request.limit);
  const last = shown.at(-1);
  return {
    views: await toViewRows(shown, options),
    next:
      rows.length > request.limit && last !== undefined
        ? `${Number(last.start)}.${String(last.view)}`
        : null,
  };
}

/** @throws ApiError view_not_found */
export async function readView(
  view: string,
  options: ViewsOptions,
): Promise<z.infer<typeof viewResponseSchema>> {
  const { reader, property } = options;
  const [own] = await reader.read(toViewStatement(property, view));
  if (own === undefined) throw new ApiError('view_not_found', `there is no view ${view}`);
  const span = { start: Number(own.start), last: Number(own.last) };
  const [slices, events, contexts, rows] = await Promise.all([
    reader.read(toSlicesStatement(property, view, span)),
    reader.read(toEventsStatement(property, view, span)),
    reader.read(toContextStatement(property, view)),
    toViewRows([own], options),
  ]);
  const [row] = rows;
  if (row === undefined) throw new Error('a view has exactly one row');
  const [context] = contexts;
  return {
    view: row,
    context: toJson(context?.context),
    enrichment: toJson(context?.enrichment),
    summary: toSummaryFields(own) as z.infer<typeof viewResponseSchema>['summary'], // Its schema is made of the same positions.
    slices: slices.slice(0, VIEW_ROWS).map(toSliceFields) as SliceFields, // As above.
    events: events.slice(0, VIEW_ROWS).map(toEventFields) as EventFields, // As above.
    truncated: slices.length > VIEW_ROWS || events.length > VIEW_ROWS,
  };
}

type SliceFields = z.infer<typeof viewResponseSchema>['slices'];
type EventFields = z.infer<typeof viewResponseSchema>['events'];

/** Wider and wider spans of time, until the page is full: the newest views cost the least. */
async function readWindows(
  question: Omit<ViewsQuestion, 'since'>,
  until: number,
  reader: Reader,
): Promise<readonly Row[]> {
  let rows: readonly Row[] = [];
  for (const windowMs of WINDOWS_MS) {
    const since = Math.max(0, until - windowMs);
    rows = await reader.read(toViewsStatement({ ...question, since }));
    if (rows.length >= question.limit || since === 0) break;
  }
  return rows;
}

async function toViewRows(rows: readonly Row[], options: ViewsOptions): Promise<ViewRow[]> {
  const { reader, property, now, heartbeatMs } = options;
  const names = [...new Set(rows.map((row) => String(row.asset_id)))];
  const labels = await labelsOf(reader, { property, grouping: { id: 'asset' }, names });
  return rows.map((row) => {
    const asset = String(row.asset_id);
    const state = String(row.end_state);
    return {
      view: String(row.view),
      start: Number(row.start),
      last: Number(row.last),
      assetId: asset,
      assetTitle: labels.get(asset) ?? '',
      playerName: String(row.player_name),
      adapter: String(row.adapter),
      country: String(row.country),
      browser: String(row.browser),
      os: String(row.os),
      deviceType: String(row.device_type),
      state,
      exit: String(row.exit_kind),
      open:
        Number(row.exits) === 0 &&
        state !== 'ended' &&
        state !== 'failed' &&
        Number(row.last) >= now - openMs(heartbeatMs),
      startupMs: startupOf(row),
      playingMs: Number(row.playing_ms),
      stalledMs: Number(row.stalled_ms),
      stalls: Number(row.stalls),
      errorCode: String(row.error_code),
    };
  });
}

/** The headline's startup, that of the content; else that of the ad; null where none is valid. */
function startupOf(row: Row): number | null {
  if (Number(row.content_startups) > 0) return Number(row.content_startup_ms);
  return Number(row.startups) > 0 ? Number(row.startup_ms) : null;
}

function parseCursor(text: string | undefined): ViewsQuestion['before'] {
  if (text === undefined) return null;
  const [, start, view] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(text) ?? [];
  if (start === undefined || view === undefined) throw new ApiError('bad_cursor');
  return { start: Number(start), view };
}

function parseFilterTexts(texts: readonly string[]): Filter[] {
  const values = new Map<string, string[]>();
  for (const text of texts) {
    const colon = text.indexOf(':');
    const id = text.slice(0, Math.max(colon, 0));
    values.set(id, [...(values.get(id) ?? []), text.slice(colon + 1)]);
  }
  return [...values].map(([id, passing]) => {
    const dimension = dimensionOf(id);
    if (dimension === undefined || !isOfViews(id)) {
      throw new ApiError('unknown_dimension', `views cannot be filtered by "${id}"`);
    }
    return { dimension, values: passing };
  });
}

/** A view has had many hosts and pathways: they are dimensions of its slices only. */
function isOfViews(id: string): boolean {
  return id !== 'host' && id !== 'pathway';
}

function toJson(text: unknown): Record<string, unknown> | null {
  return typeof text === 'string' && text !== '' ? JSON.parse(text) : null;
}
