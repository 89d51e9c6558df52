// The table of groups of one dimension: sortable, each row a filter. It shows what the API pushed.
import type { ReactNode } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { Notice } from '../controls/Notice.tsx';
import { Tip } from '../controls/Tip.tsx';
import { DIMENSION_LIST, dimensionTitle, type MetricInfo, standingOf } from '../feed/catalogue.ts';
import { formatFigure } from '../format/formatFigure.ts';
import { NAME_COLUMN, type Sort } from '../live/liveSearch.ts';
import type { GroupRow } from './groupRows.ts';
import { MetricTip } from './MetricName.tsx';
import { shortTitle } from './shortTitle.ts';
import { valueText } from './valueText.ts';

export interface DimensionTableProps {
  readonly dimension: string;
  readonly metrics: readonly MetricInfo[];
  /** null while the first rows are under way. */
  readonly rows: readonly GroupRow[] | null;
  readonly sort: Sort;
  readonly chosen: ReadonlySet<string>;
  readonly onDimension: (dimension: string) => void;
  readonly onSort: (sort: Sort) => void;
  readonly onRow: (value: string) => void;
  /** What stands beside the table's title. */
  readonly beside?: ReactNode;
}

const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e'];

export function DimensionTable(props: DimensionTableProps): ReactNode {
  const { dimension, metrics, rows, sort, onSort } = props;
  const title = dimensionTitle(dimension);
  return (
    <section className="groups card" aria-label={`By ${title}`}>
      <header>
        <h2>Where it happens</h2>
        <span className="muted basis">last 5 minutes</span>
        {props.beside}
        <label className="labelled">
          <span>By</span>
          <select
            className="field"
            value={dimension}
            onChange={(event) => props.onDimension(event.target.value)}
          >
            {DIMENSION_LIST.map(({ id, title: name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="scroll" tabIndex={0} aria-label={`Table by ${title}`}>
        <table>
          <thead>
            <tr>
              <HeaderCell column={NAME_COLUMN} title={title} sort={sort} onSort={onSort} />
              {metrics.map((metric) => (
                <HeaderCell
                  key={metric.id}
                  column={metric.id}
                  title={shortTitle(metric)}
                  metric={metric}
                  sort={sort}
                  onSort={onSort}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows === null ? <SkeletonRows columns={metrics.length} /> : <Rows {...props} />}
          </tbody>
        </table>
      </section>
      {rows?.length === 0 && (
        <Notice title={`No ${title.toLowerCase()} to show`}>
          <p>No view matches in the last five minutes.</p>
        </Notice>
      )}
    </section>
  );
}

function Rows({ dimension, metrics, rows, chosen, onRow }: DimensionTableProps): ReactNode {
  const largest = Math.max(1, ...(rows ?? []).map((row) => row.figures.concurrentViews ?? 0));
  return (rows ?? []).map((row) => (
    <tr key={row.value} data-chosen={chosen.has(row.value)} onClick={() => onRow(row.value)}>
      <th scope="row">
        <button
          type="button"
          className="rowButton"
          aria-pressed={chosen.has(row.value)}
          title={`${chosen.has(row.value) ? 'Remove the filter' : 'Filter by'} ${dimensionTitle(dimension)}: ${valueText(row.label)}`}
        >
          <span className={row.value === '' ? 'outside muted' : 'outside'}>
            {valueText(row.label)}
          </span>
        </button>
        <meter className="share" min={0} max={largest} value={row.figures.concurrentViews ?? 0}>
          {formatFigure(row.figures.concurrentViews, 'count')}
        </meter>
      </th>
      {metrics.map((metric) => {
        const value = row.figures[metric.id];
        return (
          <td key={metric.id} data-standing={standingOf(metric, value)}>
            {formatFigure(value, metric.unit)}
          </td>
        );
      })}
    </tr>
  ));
}

interface HeaderCellProps {
  readonly column: string;
  readonly title: string;
  readonly metric?: MetricInfo;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

function HeaderCell({ column, title, metric, sort, onSort }: HeaderCellProps): ReactNode {
  const active = sort.column === column;
  // The first click shows the worst or largest first; names begin at A.
  const descending = active
    ? !sort.descending
    : column !== NAME_COLUMN && metric?.better !== undefined;
  const button = (
    <button type="button" className="sort" onClick={() => onSort({ column, descending })}>
      {title}
      {active && <Icon name={sort.descending ? 'down' : 'up'} />}
    </button>
  );
  return (
    <th scope="col" aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      {metric === undefined ? button : <Tip tip={<MetricTip metric={metric} />}>{button}</Tip>}
    </th>
  );
}

function SkeletonRows({ columns }: { readonly columns: number }): ReactNode {
  return SKELETON_ROWS.map((key) => (
    <tr key={key}>
      <th scope="row">
        <span className="skeleton">a group of it</span>
      </th>
      {Array.from({ length: columns }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <td key={index}>
          <span className="skeleton">0.00</span>
        </td>
      ))}
    </tr>
  ));
}
