// One view, from its request to its end, live while it plays.
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { CopyButton } from '../controls/CopyButton.tsx';
import { Icon } from '../controls/Icon.tsx';
import { ErrorNotice, Notice } from '../controls/Notice.tsx';
import { isMissing } from '../feed/feedError.ts';
import type { ViewDetail } from '../feed/messages.ts';
import { useView } from '../feed/useView.ts';
import '../panels/panels.css';
import { toTimelineData } from '../timeline/lanePlan.ts';
import { Timeline } from '../timeline/Timeline.tsx';
import { toViewRows } from '../timeline/viewRows.ts';
import { EventTable } from '../views/EventTable.tsx';
import { StateBadge } from '../views/StateBadge.tsx';
import { ViewFacts } from '../views/ViewFacts.tsx';
import '../views/view.css';
import '../views/views.css';
import { PageSkeleton } from './PageSkeleton.tsx';

const route = getRouteApi('/shell/views/$id');

export function View(): ReactNode {
  const { id } = route.useParams();
  const { data, error, refetch } = useView(id);
  useEffect(() => {
    document.title = `${data?.view.assetTitle || data?.view.assetId || 'View'} · Retour`;
  }, [data?.view.assetTitle, data?.view.assetId]);
  if (data !== undefined) return <Shown key={id} detail={data} problem={error} />;
  if (error === null) return <PageSkeleton />;
  if (isMissing(error)) {
    return (
      <Notice title="There is no view with this id" alert>
        <p className="mono">
          <span className="outside">{id}</span>
        </p>
        <p>
          Check that it was copied whole. Views are kept for a limited time, and belong to one
          property. This page looks again by itself.
        </p>
        <Link to="/views" className="button">
          See the latest views
        </Link>
      </Notice>
    );
  }
  return <ErrorNotice error={error} onRetry={() => void refetch()} />;
}

interface ShownProps {
  readonly detail: ViewDetail;
  readonly problem: Error | null;
}

function Shown({ detail, problem }: ShownProps): ReactNode {
  const { view } = detail;
  const [selected, setSelected] = useState<number | null>(null);
  const data = useMemo(() => toTimelineData(toViewRows(detail)), [detail]);
  return (
    <div className="viewPage">
      <header className="viewHead">
        <Link to="/views" className="crumb">
          <Icon name="back" /> Views
        </Link>
        <h1>{view.assetTitle || view.assetId || 'Untitled'}</h1>
        <div className="line">
          <StateBadge view={view} />
          {view.assetTitle !== '' && (
            <Link to="/views" search={{ is: [`asset:${view.assetId}`] }} className="outside">
              {view.assetId}
            </Link>
          )}
          <code className="outside">{view.view}</code>
          <CopyButton text={view.view} label="Copy the view’s id" />
        </div>
      </header>
      {problem !== null && (
        <p className="feedNote" role="alert">
          <Icon name="warning" />
          <span>Not up to date: {problem.message}</span>
        </p>
      )}
      {detail.truncated && (
        <p className="feedNote" role="status">
          <Icon name="warning" />
          <span>This view is longer than what is read at once: its timeline ends early.</span>
        </p>
      )}
      <div className="card">
        <ViewFacts detail={detail} />
      </div>
      <Timeline data={data} selected={selected} onSelect={setSelected} />
      <section className="card events" aria-label="All events">
        <h2 className="sectionHead">
          Events <span className="muted">{data.events.length}</span>
        </h2>
        <EventTable
          events={data.events}
          from={data.from}
          selected={selected}
          onSelect={setSelected}
        />
      </section>
      <section className="card raw" aria-label="Raw">
        <Raw title="Context" value={detail.context} />
        <Raw title="Enrichment" value={detail.enrichment} />
        <Raw title="Summary" value={detail.summary} />
      </section>
    </div>
  );
}

function Raw({ title, value }: { readonly title: string; readonly value: unknown }): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      {isOpen && <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>}
    </details>
  );
}
