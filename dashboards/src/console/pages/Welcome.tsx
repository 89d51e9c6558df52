// Connects a player: what to paste, the sample to try, and the first view as it arrives.
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { CopyButton } from '../controls/CopyButton.tsx';
import { Icon } from '../controls/Icon.tsx';
import { Moment } from '../controls/Moment.tsx';
import { ErrorNotice } from '../controls/Notice.tsx';
import type { Status } from '../feed/messages.ts';
import { useLive } from '../feed/useLive.ts';
import { useStatus } from '../feed/useStatus.ts';
import { useViews } from '../feed/useViews.ts';
import { durationText } from '../format/formatDuration.ts';
import { NONE } from '../format/locale.ts';
import { StateBadge } from '../views/StateBadge.tsx';
import '../views/views.css';
import { INSTALL, PLAYERS, type PlayerKind, toSnippet } from './snippet.ts';
import './welcome.css';

export function Welcome(): ReactNode {
  const { data: status, error, refetch } = useStatus();
  useEffect(() => {
    document.title = 'Connect · Retour';
  }, []);
  if (status === undefined && error !== null) {
    return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  }
  return (
    <div className="welcome">
      <header className="pageHead">
        <h1>Connect a player</h1>
        <p className="muted">Three lines, and the next playback request is on this screen.</p>
      </header>
      <ol className="steps">
        <Step number={1} title="Add the SDK">
          <Code text={INSTALL} label="Copy the install command" />
        </Step>
        <PasteStep status={status} />
        <Step number={3} title="Play something">
          <p className="muted">
            Reload your page and press play. No player at hand? The sample stream comes with Retour.
          </p>
          {status !== undefined && status.sampleUrl !== null && (
            <a className="button" href={status.sampleUrl} target="_blank" rel="noopener">
              <Icon name="play" /> Play the sample
            </a>
          )}
        </Step>
      </ol>
      <Arrival status={status} />
    </div>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ number, title, children }: StepProps): ReactNode {
  return (
    <li className="card step">
      <h2>
        <span className="stepNumber">{number}</span> {title}
      </h2>
      {children}
    </li>
  );
}

function PasteStep({ status }: { readonly status: Status | undefined }): ReactNode {
  const [player, setPlayer] = useState<PlayerKind>('hlsjs');
  const key = status?.writeKeys[0];
  return (
    <Step number={2} title="Paste these lines where your player is made">
      <fieldset className="segmented">
        <legend className="visuallyHidden">Player</legend>
        {PLAYERS.map(({ kind, title }) => (
          <button
            key={kind}
            type="button"
            aria-pressed={player === kind}
            onClick={() => setPlayer(kind)}
          >
            {title}
          </button>
        ))}
      </fieldset>
      {status === undefined ? (
        <span className="skeleton codeSkeleton">three lines</span>
      ) : key === undefined ? (
        <p role="alert">
          This property has no write key in force. Make one, then load this page again.
        </p>
      ) : (
        <Code
          text={toSnippet(player, { key, endpoint: status.endpoint })}
          label="Copy the three lines"
        />
      )}
    </Step>
  );
}

function Code({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  return (
    <div className="code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <pre tabIndex={0}>{text}</pre>
      <CopyButton text={text} label={label} />
    </div>
  );
}

/** Waits for the first view over the live connection; shows the newest one as soon as there is any. */
function Arrival({ status }: { readonly status: Status | undefined }): ReactNode {
  const { message } = useLive();
  const hasWaited = useRef(false);
  const state = message?.state ?? status?.state;
  if (state === 'empty') hasWaited.current = true;
  return (
    <section className="card arrival" aria-label="First view" aria-live="polite">
      {state === undefined || state === 'empty' || state === 'blind' ? (
        <Waiting isBlind={state === 'blind'} />
      ) : (
        <Newest isFirst={hasWaited.current} />
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

function Newest({ isFirst }: { readonly isFirst: boolean }): ReactNode {
  const { views, error } = useViews({}, 1);
  const view = views[0];
  const isHere = view !== undefined;
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isFirst && isHere) link.current?.focus();
  }, [isFirst, isHere]);
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
        <b>{isFirst ? 'The first view has arrived' : 'Connected: the latest view'}</b>
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
