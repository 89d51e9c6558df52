// From what a caller sent (its shape is checked already) to a question, or to the reason why it is
// none. Text from outside never passes: a metric or dimension is looked up or refused.
import type { z } from 'zod';
import type { filterSchema, queryRequestSchema } from '../api/messages.ts';
import { DIMENSIONS, dimensionOf } from '../metrics/dimensions.ts';
import type { Metric } from '../metrics/metric.ts';
import { metricOf, REGISTRY } from '../metrics/registry.ts';
import {
  ceilToGrid,
  type Filter,
  floorToGrid,
  GRID_MS,
  type Grouping,
  type Question,
  type QuestionIssue,
} from './question.ts';

export type QueryRequest = z.infer<typeof queryRequestSchema>;
type FilterRequest = z.infer<typeof filterSchema>;

/** Points of one series. Beyond: `too_many_points`, since no screen shows them. */
export const MAX_POINTS = 2_000;
const DEFAULT_GROUPS = 20;

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issue: QuestionIssue };

export function parseQuestion(property: string, request: QueryRequest): Parsed<Question> {
  const metrics = parseMetrics(request.metrics);
  if (!metrics.ok) return metrics;
  const filters = parseFilters(request.filters ?? []);
  if (!filters.ok) return filters;
  const grouping = parseGrouping(request.dimension);
  if (!grouping.ok) return grouping;
  const intervalMs =
    request.intervalMs === undefined ? null : ceilToGrid(request.intervalMs, GRID_MS);
  const from = floorToGrid(request.from, intervalMs ?? GRID_MS);
  const to = ceilToGrid(request.to);
  if (from < 0 || to <= from) {
    return refuse('bad_range', `from ${request.from} must lie before to ${request.to}`);
  }
  const points = intervalMs === null ? 1 : Math.ceil((to - from) / intervalMs);
  if (points > MAX_POINTS) {
    return refuse('too_many_points', `${points} points asked, at most ${MAX_POINTS} are given`);
  }
  return {
    ok: true,
    value: {
      property,
      metrics: metrics.value,
      from,
      to,
      intervalMs,
      grouping: grouping.value,
      limit: request.limit ?? DEFAULT_GROUPS,
      filters: filters.value,
    },
  };
}

export function parseFilters(filters: readonly FilterRequest[]): Parsed<readonly Filter[]> {
  const parsed: Filter[] = [];
  for (const { dimension: id, values } of filters) {
    const dimension = dimensionOf(id);
    if (dimension === undefined) return refuseDimension(id);
    parsed.push({ dimension, values });
  }
  return { ok: true, value: parsed };
}

export function parseGrouping(id: string | undefined): Parsed<Grouping | null> {
  if (id === undefined) return { ok: true, value: null };
  const dimension = dimensionOf(id);
  if (dimension === undefined) return refuseDimension(id);
  return { ok: true, value: { ...dimension, id: id as Grouping['id'] } }; // dimensionOf knows it.
}

function parseMetrics(ids: readonly string[]): Parsed<readonly Metric[]> {
  const metrics: Metric[] = [];
  for (const id of new Set(ids)) {
    const metric = metricOf(id);
    if (metric === undefined) {
      const known = REGISTRY.map((each) => each.id).join(', ');
      return refuse('unknown_metric', `there is no metric "${id}"; there are ${known}`);
    }
    metrics.push(metric);
  }
  return { ok: true, value: metrics };
}

function refuseDimension(id: string): { ok: false; issue: QuestionIssue } {
  const known = Object.keys(DIMENSIONS).join(', ');
  return refuse('unknown_dimension', `there is no dimension "${id}"; there are ${known}`);
}

function refuse(code: QuestionIssue['code'], message: string): { ok: false; issue: QuestionIssue } {
  return { ok: false, issue: { code, message } };
}
