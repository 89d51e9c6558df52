// The latest views, live; the way to one of them by its id, its asset or what is known of it.
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useEffect, useMemo, useState } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { useViews } from '../feed/useViews.ts';
import { toggleFilter } from '../live/liveSearch.ts';
import { FilterChips } from '../panels/FilterChips.tsx';
import '../panels/panels.css';
import { ViewsList } from '../views/ViewsList.tsx';
import '../views/views.css';
import { toViewId } from '../views/viewsSearch.ts';

const route = getRouteApi('/shell/views');

export function Views(): ReactNode {
  const { search, is } = route.useSearch();
  const navigate = route.useNavigate();
  const question = useMemo(
    () => ({ ...(search !== undefined && { search }), ...(is !== undefined && { filter: is }) }),
    [search, is],
  );
  const list = useViews(question);
  useEffect(() => {
    document.title = 'Views · Retour';
  }, []);
  const toggle = (dimension: string, value: string): void =>
    void navigate({
      search: (old) => ({ ...old, is: toggleFilter(old.is, dimension, value) }),
      resetScroll: false,
    });
  return (
    <div className="viewsPage">
      <header className="pageHead">
        <h1>Views</h1>
        <p className="muted">Newest first, as they come</p>
      </header>
      <div className="viewsTools">
        <SearchForm key={search ?? ''} search={search ?? ''} />
        <FilterChips
          is={is ?? []}
          onRemove={toggle}
          onClear={() => void navigate({ search: ({ is: _, ...kept }) => kept })}
        />
      </div>
      <div className="card">
        <ViewsList
          list={list}
          isFiltered={search !== undefined || is !== undefined}
          onFilter={toggle}
        />
      </div>
    </div>
  );
}

/** A whole view id leads to the view at once, typed or pasted; other text searches. */
function SearchForm({ search }: { readonly search: string }): ReactNode {
  const navigate = route.useNavigate();
  const [text, setText] = useState(search);
  const go = (id: string): void => void navigate({ to: '/views/$id', params: { id } });
  const find = (wanted: string): void => {
    const id = toViewId(wanted);
    if (id !== null) {
      go(id);
      return;
    }
    void navigate({
      search: (old) => ({
        ...(old.is && { is: old.is }),
        ...(wanted.trim() !== '' && { search: wanted.trim() }),
      }),
    });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not yet known to every reader
    <form
      role="search"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        find(text);
      }}
    >
      <input
        type="search"
        className="field"
        aria-label="View id, asset id or title"
        placeholder="Paste a view id, or type an asset’s id or title"
        maxLength={500}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          // The field's own clear button empties it: then the search ends too.
          if (event.target.value === '' && search !== '') find('');
        }}
        onPaste={(event) => {
          const id = toViewId(event.clipboardData.getData('text'));
          if (id === null) return;
          event.preventDefault();
          go(id);
        }}
      />
      <button type="submit" className="button">
        <Icon name="search" /> Find
      </button>
    </form>
  );
}
