// The live page's table by any dimension; its order and dimension stand in the address.
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import type { LiveMessage } from '../feed/messages.ts';
import {
  DEFAULT_DIMENSION,
  fromSort,
  type LiveSearch,
  splitFilter,
  toSort,
} from '../live/liveSearch.ts';
import { DimensionTable } from '../panels/DimensionTable.tsx';
import { toGroupRows } from '../panels/groupRows.ts';
import { toDataFrame } from '../panels/toDataFrame.ts';
import { isFilterOfViews } from '../views/viewsSearch.ts';
import { metricsOf, TABLE_METRICS } from './liveMetrics.ts';

const METRICS = metricsOf(TABLE_METRICS);

export interface LiveTableProps {
  readonly message: LiveMessage | null;
  readonly search: LiveSearch;
  readonly onToggle: (dimension: string, value: string) => void;
  readonly onSearch: (part: LiveSearch) => void;
}

export function LiveTable({ message, search, onToggle, onSearch }: LiveTableProps): ReactNode {
  const dimension = search.by ?? DEFAULT_DIMENSION;
  const sort = useMemo(() => toSort(search.sort), [search.sort]);
  const rows = useMemo(() => {
    const table = message?.table ?? null;
    // Until the first push for a new dimension, the table still is of the old one.
    if (table === null || table.schema.name !== dimension) return null;
    return toGroupRows(toDataFrame(table), TABLE_METRICS, sort);
  }, [message, dimension, sort]);
  const chosen = useMemo(() => {
    const filters = (search.is ?? []).map(splitFilter);
    return new Set(filters.filter((f) => f?.dimension === dimension).map((f) => f?.value ?? ''));
  }, [search.is, dimension]);
  return (
    <DimensionTable
      dimension={dimension}
      metrics={METRICS}
      rows={rows}
      sort={sort}
      chosen={chosen}
      onDimension={(by) => onSearch({ by })}
      onSort={(next) => onSearch({ sort: fromSort(next) })}
      onRow={(value) => onToggle(dimension, value)}
      beside={<ViewsLink is={search.is ?? []} />}
    />
  );
}

/** The views behind the figures, as far as their list knows the same filters. */
function ViewsLink({ is }: { readonly is: readonly string[] }): ReactNode {
  const known = is.filter(isFilterOfViews);
  return (
    <Link to="/views" search={known.length > 0 ? { is: known } : {}}>
      {known.length > 0 ? 'See these views' : 'See the views'}
    </Link>
  );
}
