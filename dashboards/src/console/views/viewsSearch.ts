// The Views page's state as it stands in the address, and what a person may paste into its search.
import { splitFilter } from '../live/liveSearch.ts';

export interface ViewsSearch {
  /** Beginning of a view's id, an asset's id, or a part of its title. */
  readonly search?: string;
  /** Filters, each `dimension:value`, as on the live page. */
  readonly is?: readonly string[];
}

/** The API's bounds. */
const MAX_CHARS = 200;
const MAX_FILTERS = 20;

/** A view has had many hosts and pathways: they are dimensions of the live page only. */
const NOT_OF_VIEWS: ReadonlySet<string> = new Set(['host', 'pathway']);

export function toViewsSearch(raw: Readonly<Record<string, unknown>>): ViewsSearch {
  const search = typeof raw.search === 'string' ? raw.search.trim().slice(0, MAX_CHARS) : '';
  const list = Array.isArray(raw.is) ? raw.is : [raw.is];
  const is = list
    .filter((text): text is string => typeof text === 'string' && isFilterOfViews(text))
    .slice(0, MAX_FILTERS);
  return { ...(search !== '' && { search }), ...(is.length > 0 && { is: [...new Set(is)] }) };
}

export function isFilterOfViews(text: string): boolean {
  const filter = splitFilter(text);
  return filter !== null && !NOT_OF_VIEWS.has(filter.dimension);
}

/** A whole view id (UUID) in what was typed or pasted, else null. */
export function toViewId(text: string): string | null {
  const found =
    /(?<![0-9a-f])[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}(?![0-9a-f])/i.exec(
      text,
    );
  if (found === null) return null;
  const hex = found[0].replaceAll('-', '').toLowerCase();
  const cuts = [0, 8, 12, 16, 20, 32];
  return cuts
    .slice(1)
    .map((end, index) => hex.slice(cuts[index], end))
    .join('-');
}
