// The table of views: each row leads to its view, and what is known of it filters the list.
import { Link, useNavigate } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import { Moment } from '../controls/Moment.tsx';
import { dimensionTitle, metricOf, standingOf } from '../feed/catalogue.ts';
import type { ViewRow } from '../feed/messages.ts';
import { durationText } from '../format/formatDuration.ts';
import { NONE } from '../format/locale.ts';
import { isFailed, StateBadge } from './StateBadge.tsx';

export interface ViewsTableProps {
  readonly views: readonly ViewRow[];
  readonly isLoading: boolean;
  readonly onFilter: (dimension: string, value: string) => void;
}

const COLUMNS = [
  'State',
  'Started',
  'Asset',
  'Player',
  'Device',
  'Country',
  'Startup',
  'Played',
  'Stalls',
];
const NUMERIC = new Set(['Startup', 'Played', 'Stalls']);
const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export function ViewsTable({ views, isLoading, onFilter }: ViewsTableProps): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="scroll" tabIndex={0} aria-label="Views">
      <table className="viewsTable">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={NUMERIC.has(column) ? 'numeric' : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {isLoading
            ? SKELETON_ROWS.map((key) => <SkeletonRow key={key} />)
            : views.map((view) => <Row key={view.view} view={view} onFilter={onFilter} />)}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly view: ViewRow;
  readonly onFilter: (dimension: string, value: string) => void;
}

function Row({ view, onFilter }: RowProps): ReactNode {
  const navigate = useNavigate();
  const open = (event: MouseEvent): void => {
    // Links and buttons inside do what they say; so does a selection of text.
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('a, button') || !window.getSelection()?.isCollapsed) return;
    void navigate({ to: '/views/$id', params: { id: view.view } });
  };
  return (
    <tr data-failed={isFailed(view)} onClick={open}>
      <td>
        <StateBadge view={view} />
      </td>
      <td>
        <Link to="/views/$id" params={{ id: view.view }} title={`View ${view.view}`}>
          <Moment at={view.start} style="second" />
        </Link>
      </td>
      <th scope="row">
        <span className="outside title">{view.assetTitle || view.assetId || NONE}</span>
        <FilterBy dimension="asset" value={view.assetId} onFilter={onFilter} />
      </th>
      <td>
        <FilterBy dimension="player" value={view.playerName} onFilter={onFilter} />
      </td>
      <td>
        <FilterBy dimension="deviceType" value={view.deviceType} onFilter={onFilter} />
        <span className="pair">
          <FilterBy dimension="os" value={view.os} onFilter={onFilter} />
          <FilterBy dimension="browser" value={view.browser} onFilter={onFilter} />
        </span>
      </td>
      <td>
        <FilterBy dimension="country" value={view.country} onFilter={onFilter} />
      </td>
      <Figures view={view} />
    </tr>
  );
}

function Figures({ view }: { readonly view: ViewRow }): ReactNode {
  const startup = metricOf('contentStartupP50');
  return (
    <>
      <td className="numeric" data-standing={startup && standingOf(startup, view.startupMs)}>
        {view.startupMs === null ? NONE : durationText(view.startupMs)}
      </td>
      <td className="numeric">{durationText(view.playingMs)}</td>
      <td className="numeric">
        {view.stalls === 0 ? (
          <span className="muted">0</span>
        ) : (
          <span className="stalls">
            {view.stalls} · {durationText(view.stalledMs)}
          </span>
        )}
        {view.errorCode !== '' && <span className="outside errorCode">{view.errorCode}</span>}
      </td>
    </>
  );
}

interface FilterByProps {
  readonly dimension: string;
  readonly value: string;
  readonly onFilter: (dimension: string, value: string) => void;
}

/** A value that narrows the list to views with the same one. */
function FilterBy({ dimension, value, onFilter }: FilterByProps): ReactNode {
  if (value === '') return <span className="muted">{NONE}</span>;
  return (
    <button
      type="button"
      className="filterBy"
      title={`Filter by ${dimensionTitle(dimension)}: ${value}`}
      onClick={() => onFilter(dimension, value)}
    >
      <span className="outside">{value}</span>
    </button>
  );
}

function SkeletonRow(): ReactNode {
  return (
    <tr>
      {COLUMNS.map((column) => (
        <td key={column} className={NUMERIC.has(column) ? 'numeric' : undefined}>
          <span className="skeleton">{column}</span>
        </td>
      ))}
    </tr>
  );
}
