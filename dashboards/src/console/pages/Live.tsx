// The live page: what the audience receives right now, and where it goes wrong. It shows what the
// API pushes; it asks for other filters and tables and computes no figure.
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { Moment } from '../controls/Moment.tsx';
import type { LiveMessage } from '../feed/messages.ts';
import { useLive, useLiveQuestion } from '../feed/useLive.ts';
import { DEFAULT_DIMENSION, toFilters, toggleFilter } from '../live/liveSearch.ts';
import { FilterChips } from '../panels/FilterChips.tsx';
import '../panels/panels.css';
import { LiveCharts } from './LiveCharts.tsx';
import { LiveTable } from './LiveTable.tsx';
import { LiveTiles } from './LiveTiles.tsx';
import './live.css';

const route = getRouteApi('/shell/live');

export function Live(): ReactNode {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { link, message } = useLive();
  const is = useMemo(() => search.is ?? [], [search.is]);
  const question = useMemo(
    () => ({ filters: toFilters(is), dimension: search.by ?? DEFAULT_DIMENSION }),
    [is, search.by],
  );
  useLiveQuestion(question);
  useEffect(() => {
    document.title = 'Live · Retour';
  }, []);
  const toggle = (dimension: string, value: string): void => {
    void navigate({
      search: (old) => ({ ...old, is: toggleFilter(old.is, dimension, value) }),
      resetScroll: false,
    });
  };
  const old = link === 'lost' || link === 'silent' || message?.state === 'blind';
  return (
    <div className="live" data-old={old}>
      <header className="pageHead">
        <h1>Live</h1>
        <p className="muted">
          {message === null ? (
            'Waiting for the first figures …'
          ) : (
            <>
              As of <Moment at={message.at} />
            </>
          )}
        </p>
        <FilterChips
          is={is}
          onRemove={toggle}
          onClear={() => void navigate({ search: ({ is: _, ...kept }) => kept })}
        />
      </header>
      <FeedNote message={message} />
      <LiveTiles message={message} isCurrent={!old} />
      <LiveCharts message={message} />
      <LiveTable
        message={message}
        search={search}
        onToggle={toggle}
        onSearch={(part) =>
          void navigate({ search: (before) => ({ ...before, ...part }), resetScroll: false })
        }
      />
    </div>
  );
}

/** Nobody watching and nothing ever sent look alike in figures: here they are told apart. */
function FeedNote({ message }: { readonly message: LiveMessage | null }): ReactNode {
  if (message?.state === 'quiet') {
    return (
      <p className="feedNote" role="status">
        <Icon name="quiet" />
        <span>
          <b>All quiet.</b> The feed works; nobody is watching. {message.stateReason}
        </span>
      </p>
    );
  }
  if (message?.state === 'empty') {
    return (
      <p className="feedNote" role="status">
        <Icon name="play" />
        <span>
          <b>No view has arrived yet.</b> Figures begin with the first one.{' '}
          <Link to="/welcome">Connect a player</Link>
        </span>
      </p>
    );
  }
  return null;
}
