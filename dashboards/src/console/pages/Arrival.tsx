// The first view as it arrives: waits over the live connection, then shows the newest view and leads
// to it.
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { Moment } from '../controls/Moment.tsx';
import { ErrorNotice } from '../controls/Notice.tsx';
import type { Status } from '../feed/messages.ts';
import { useLive } from '../feed/useLive.ts';
import { useViews } from '../feed/useViews.ts';
import { durationText } from '../format/formatDuration.ts';
import { NONE } from '../format/locale.ts';
import { StateBadge } from '../views/StateBadge.tsx';

/** Waits for the first view over the live connection; shows the newest one as soon as there is any. */
export function Arrival({ status }: { readonly status: Status | undefined }): ReactNode {
  const { message } = useLive();
  const hasWaited = useRef(false);
  const state = message?.state ?? status?.state;
  if (state === 'empty') hasWaited.current = true;
  return (
    <section className="card arrival" aria-label="First view" aria-live="polite">
      {state === undefined ? (
        <div className="waiting">
          <span className="skeleton">Asking what has arrived</span>
        </div>
      ) : state === 'empty' || state === 'blind' ? (
        <Waiting isBlind={state === 'blind'} />
      ) : (
        <Newest wasAwaited={hasWaited.current} />
      )}
    </section>
  );
}

function Waiting({ isBlind }: { readonly isBlind: boolean }): ReactNode {
  return (
    <div className="waiting">
      <span className="radar" aria-hidden="true">
        <i />
        <i />
        <Icon name="play" />
      </span>
      <h2>{isBlind ? 'The pipeline is blind' : 'Waiting for the first view'}</h2>
      <p className="muted">
        {isBlind
          ? 'Views may be arriving without being seen here; they are kept.'
          : 'This page is listening. The view appears here within two seconds of its playback request.'}
      </p>
    </div>
  );
}

function Newest({ wasAwaited }: { readonly wasAwaited: boolean }): ReactNode {
  const { views, error, hasOlder } = useViews({}, 1);
  const view = views[0];
  const isHere = view !== undefined;
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (wasAwaited && isHere) link.current?.focus();
  }, [wasAwaited, isHere]);
  if (view === undefined) {
    return error === null ? (
      <div className="waiting">
        <span className="skeleton">The view is on its way</span>
      </div>
    ) : (
      <ErrorNotice error={error} />
    );
  }
  return (
    <div className="arrived">
      <p className="arrivedHead">
        <Icon name="check" />
        <b>{hasOlder ? 'Connected: the latest view' : 'The first view has arrived'}</b>
      </p>
      <h2 className="outside">{view.assetTitle || view.assetId || NONE}</h2>
      <dl>
        <dt>State</dt>
        <dd>
          <StateBadge view={view} />
        </dd>
        <dt>Started</dt>
        <dd>
          <Moment at={view.start} style="second" />
        </dd>
        <dt>Player</dt>
        <dd className="outside">{view.playerName || NONE}</dd>
        <dt>Device</dt>
        <dd className="outside">
          {[view.deviceType, view.os, view.browser].filter(Boolean).join(' · ') || NONE}
        </dd>
        <dt>Startup</dt>
        <dd>{view.startupMs === null ? NONE : durationText(view.startupMs)}</dd>
      </dl>
      <p className="ways">
        <Link ref={link} to="/views/$id" params={{ id: view.view }} className="button primary">
          Open this view
        </Link>
        <Link to="/live" className="button">
          Go to Live
        </Link>
      </p>
    </div>
  );
}
