// The live page's state as it stands in the address: the table's dimension, its order, and the
// filters. Whatever is in an address is read without failing; what is unknown is left out.
import { isDimension, metricOf } from '../feed/catalogue.ts';
import type { Filter } from '../feed/messages.ts';

export interface LiveSearch {
  /** Dimension of the table. */
  readonly by?: string;
  /** Metric that the table is ordered by; a leading minus is "largest first". */
  readonly sort?: string;
  /** Filters, each `dimension:value`. */
  readonly is?: readonly string[];
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

export const DEFAULT_DIMENSION = 'asset';
export const DEFAULT_SORT: Sort = { column: 'concurrentViews', descending: true };

/** The column of the groups' names, as it stands in `sort`. */
export const NAME_COLUMN = 'name';

/** The API's bounds: more filters or values would be refused. */
const MAX_FILTERS = 10;
const MAX_VALUES = 50;
const MAX_CHARS = 500;

export function toLiveSearch(raw: Readonly<Record<string, unknown>>): LiveSearch {
  const by = texts(raw.by)[0];
  const sort = texts(raw.sort)[0];
  const filters = texts(raw.is).filter((text) => splitFilter(text) !== null);
  return {
    ...(by !== undefined && isDimension(by) && by !== DEFAULT_DIMENSION && { by }),
    ...(sort !== undefined && isSort(sort) && { sort }),
    ...(filters.length > 0 && { is: [...new Set(filters)] }),
  };
}

/** The filters as the API takes them: values of one dimension pass together. */
export function toFilters(is: readonly string[] = []): Filter[] {
  const byDimension = new Map<string, string[]>();
  for (const text of is) {
    const filter = splitFilter(text);
    if (filter === null) continue;
    const values = byDimension.get(filter.dimension);
    if (values === undefined && byDimension.size < MAX_FILTERS) {
      byDimension.set(filter.dimension, [filter.value]);
    } else if (values !== undefined && values.length < MAX_VALUES) values.push(filter.value);
  }
  return [...byDimension].map(([dimension, values]) => ({ dimension, values }));
}

/** Adds the filter, or takes it out when it is there. */
export function toggleFilter(
  is: readonly string[] | undefined,
  dimension: string,
  value: string,
): readonly string[] {
  const text = `${dimension}:${value}`;
  const kept = (is ?? []).filter((other) => other !== text);
  return kept.length === (is?.length ?? 0) ? [...kept, text] : kept;
}

export function splitFilter(text: string): { dimension: string; value: string } | null {
  const at = text.indexOf(':');
  if (at < 1) return null;
  const dimension = text.slice(0, at);
  const value = text.slice(at + 1);
  return isDimension(dimension) && value.length <= MAX_CHARS ? { dimension, value } : null;
}

export function toSort(sort: string | undefined): Sort {
  if (sort === undefined || !isSort(sort)) return DEFAULT_SORT;
  const descending = sort.startsWith('-');
  return { column: descending ? sort.slice(1) : sort, descending };
}

export function fromSort(sort: Sort): string {
  return `${sort.descending ? '-' : ''}${sort.column}`;
}

function isSort(text: string): boolean {
  const column = text.replace(/^-/, '');
  return column === NAME_COLUMN || metricOf(column) !== undefined;
}

function texts(raw: unknown): string[] {
  const list = Array.isArray(raw) ? raw : [raw];
  return list.filter((item): item is string => typeof item === 'string' && item !== '');
}
