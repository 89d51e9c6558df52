// The list of views with everything that may stand in its place: nothing yet, no match, an error; and
// the way to older ones.
import type { ReactNode } from 'react';
import { ErrorNotice, Notice } from '../controls/Notice.tsx';
import type { ViewsList as List } from '../feed/useViews.ts';
import { ViewsTable } from './ViewsTable.tsx';

export interface ViewsListProps {
  readonly list: List;
  readonly isFiltered: boolean;
  readonly onFilter: (dimension: string, value: string) => void;
}

export function ViewsList({ list, isFiltered, onFilter }: ViewsListProps): ReactNode {
  if (list.error !== null && list.views.length === 0) {
    return <ErrorNotice error={list.error} onRetry={list.retry} />;
  }
  if (!list.isLoading && list.views.length === 0) {
    return isFiltered ? (
      <Notice title="No view matches">
        <p>Take a filter away, or search for less, to see more.</p>
      </Notice>
    ) : (
      <Notice title="No view yet">
        <p>Views stand here from their playback request on, while they are still being watched.</p>
      </Notice>
    );
  }
  return (
    <>
      {list.error !== null && (
        <p className="older" role="alert">
          The list could not be brought up to date: {list.error.message}
        </p>
      )}
      <ViewsTable views={list.views} isLoading={list.isLoading} onFilter={onFilter} />
      {!list.isLoading && (
        <p className="older">
          {list.hasOlder ? (
            <button
              type="button"
              className="button"
              disabled={list.isLoadingOlder}
              onClick={list.loadOlder}
            >
              {list.isLoadingOlder ? 'Loading …' : 'Show older views'}
            </button>
          ) : (
            'These are all of them.'
          )}
        </p>
      )}
    </>
  );
}
