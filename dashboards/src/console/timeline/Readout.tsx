// The exact values of every lane at one moment: under the pointer, else at the selected event.
import type { ReactNode } from 'react';
import { useTimeZone } from '../feed/useStatus.ts';
import { durationText } from '../format/formatDuration.ts';
import { formatFigure } from '../format/formatFigure.ts';
import { formatTime, utcText } from '../format/formatTime.ts';
import { NONE } from '../format/locale.ts';
import type { TimelineData } from './lanePlan.ts';
import { type LevelRun, renditionName, runAt } from './toLanes.ts';

export interface ReadoutProps {
  readonly data: TimelineData;
  readonly at: number;
}

export function Readout({ data, at }: ReadoutProps): ReactNode {
  const timeZone = useTimeZone();
  const moment = Math.min(Math.max(at, data.from), data.to);
  // At its very end a view still is in its last run.
  const inside = Math.min(moment, data.to - 1);
  const state = runAt(data.states, inside);
  const rendition = runAt(data.renditions, inside);
  const host = runAt(data.hosts, inside);
  const delivery = runAt(data.delivery, inside);
  const isHidden = runAt(data.hidden, inside) !== undefined;
  return (
    <dl className="readout">
      <Fact name={`Time +${durationText(moment - data.from)}`}>
        <time dateTime={utcText(moment)} title={`${utcText(moment)} (shown in ${timeZone})`}>
          {formatTime(moment, timeZone, 'ms')}
        </time>
      </Fact>
      <Fact name="State">
        {state === undefined ? (
          NONE
        ) : (
          <>
            <i className="swatch" data-state={state.state} />
            {state.approximate ? '≈ ' : ''}
            {state.state} <span className="muted">{durationText(state.to - state.from)}</span>
          </>
        )}
        {isHidden && <span className="muted"> · hidden</span>}
      </Fact>
      <Fact name="Rendition">
        {rendition === undefined ? (
          NONE
        ) : (
          <>
            {renditionName(rendition)}{' '}
            <span className="muted">
              {rendition.bitrate > 0 && formatFigure(rendition.bitrate, 'bitsPerSecond')}
            </span>
          </>
        )}
      </Fact>
      <Fact name="Buffer">
        <LevelText run={runAt(data.buffer, inside)} />
      </Fact>
      {data.latency.length > 0 && (
        <Fact name="Live latency">
          <LevelText run={runAt(data.latency, inside)} />
        </Fact>
      )}
      <Fact name="CDN">
        <span className="outside" title={host?.host}>
          {host === undefined ? NONE : [host.host, host.pathway].filter(Boolean).join(' · ')}
        </span>
      </Fact>
      <Fact name="Received">
        {delivery === undefined ? (
          NONE
        ) : (
          <>
            {formatFigure(delivery.requests, 'count')}{' '}
            {delivery.requests === 1 ? 'request' : 'requests'}
            {delivery.failures > 0 && (
              <b className="failed"> · {formatFigure(delivery.failures, 'count')} failed</b>
            )}
          </>
        )}
      </Fact>
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
}

function Fact({ name, children }: FactProps): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function LevelText({ run }: { readonly run: LevelRun | undefined }): ReactNode {
  if (run === undefined) return NONE;
  return (
    <>
      {durationText(run.mean)}{' '}
      <span className="muted">
        {durationText(run.min)} – {durationText(run.max)}
      </span>
    </>
  );
}
