// Connects a player: what to paste, the sample to try, and the first view as it arrives.
import { type ReactNode, useEffect, useState } from 'react';
import { CopyButton } from '../controls/CopyButton.tsx';
import { Icon } from '../controls/Icon.tsx';
import { ErrorNotice } from '../controls/Notice.tsx';
import type { Status } from '../feed/messages.ts';
import { useStatus } from '../feed/useStatus.ts';
import '../views/views.css';
import { Arrival } from './Arrival.tsx';
import { INSTALL, PACK, toSnippet, WAYS, type Way } from './snippet.ts';
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
          <p className="muted">
            Not in your registry? <code>{PACK}</code> in Retour’s own folder makes the file to
            install instead.
          </p>
        </Step>
        <PasteStep status={status} />
        <Step number={3} title="Play something">
          <p className="muted">
            Reload your page and press play. No player at hand? The sample stream comes with Retour.
          </p>
          {status !== undefined && status.sampleUrl !== null && (
            <a
              className="button"
              href={toSampleHref(status, status.sampleUrl)}
              target="_blank"
              rel="noopener"
            >
              <Icon name="play" /> Play the sample
            </a>
          )}
        </Step>
      </ol>
      <Arrival status={status} />
    </div>
  );
}

/** The sample sends to this property: the page takes key and endpoint from its address. */
function toSampleHref({ writeKeys, endpoint }: Status, sampleUrl: string): string {
  return `${sampleUrl}?${new URLSearchParams({ key: writeKeys[0] ?? '', endpoint })}`;
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
  const [chosen, setChosen] = useState<Way>('hlsjs');
  const key = status?.writeKeys[0];
  return (
    <Step number={2} title="Paste these lines where your player is made">
      <fieldset className="segmented">
        <legend className="visuallyHidden">Player</legend>
        {WAYS.map(({ way, title }) => (
          <button
            key={way}
            type="button"
            aria-pressed={chosen === way}
            onClick={() => setChosen(way)}
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
        <Code text={toSnippet(chosen, { key, endpoint: status.endpoint })} label="Copy the lines" />
      )}
      {chosen === 'script' && (
        <p className="muted">
          Serve <code>node_modules/@retour/player-sdk/dist/retour.js</code> from your own site. From
          another origin, add <code>crossorigin</code> and the <code>integrity</code> value that{' '}
          <code>retour.js.sri</code> beside it holds.
        </p>
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
