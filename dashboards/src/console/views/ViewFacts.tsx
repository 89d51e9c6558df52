// The facts about a view that one reads first.
import type { ReactNode } from 'react';
import { Moment } from '../controls/Moment.tsx';
import { metricOf, standingOf } from '../feed/catalogue.ts';
import type { ViewDetail } from '../feed/messages.ts';
import { durationText } from '../format/formatDuration.ts';
import { formatFigure } from '../format/formatFigure.ts';
import { NONE } from '../format/locale.ts';
import { number, text } from '../timeline/viewRows.ts';

type Raw = Readonly<Record<string, unknown>>;

export function ViewFacts({ detail }: { readonly detail: ViewDetail }): ReactNode {
  const { view } = detail;
  const enrichment = detail.enrichment ?? {};
  const summary: Raw = detail.summary ?? {};
  const player = inside(detail.context?.player);
  const startup = metricOf('startupP50');
  const count = (name: string): string => formatFigure(number(summary[name]), 'count');
  return (
    <dl className="facts">
      <Fact name="Startup" standing={startup && standingOf(startup, view.startupMs)} strong>
        {view.startupMs === null ? NONE : durationText(view.startupMs)}
      </Fact>
      <Fact name="Played" strong>
        {durationText(view.playingMs)}
      </Fact>
      <Fact name="Stalls" strong standing={view.stalls > 0 ? 'bad' : 'unrated'}>
        {formatFigure(view.stalls, 'count')}
        {view.stalls > 0 && ` · ${durationText(view.stalledMs)}`}
      </Fact>
      <Fact name="Error" strong standing={view.errorCode === '' ? 'unrated' : 'bad'}>
        {view.errorCode === '' ? 'none' : view.errorCode}
      </Fact>
      <Fact name="Started">
        <Moment at={view.start} style="full" />
      </Fact>
      <Fact name={view.open ? 'Last heard' : 'Ended'}>
        <Moment at={view.last} style="second" />
        {!view.open && view.exit !== 'none' && <span className="muted"> · {view.exit}</span>}
      </Fact>
      <Fact name="Player">
        {spaced([view.playerName, text(player.version)])}
        {view.adapter !== '' && <span className="muted"> · {view.adapter}</span>}
      </Fact>
      <Fact name="Device">{spaced([view.deviceType, view.os, view.browser], ' · ')}</Fact>
      <Fact name="Country">{spaced([view.country, text(enrichment.region)], ' · ')}</Fact>
      <Fact name="Network">{spaced([text(enrichment.network)])}</Fact>
      <Fact name="Switches">
        {count('switchesUp')} up · {count('switchesDown')} down
      </Fact>
      <Fact name="Seeks">{count('seeks')}</Fact>
      <Fact name="Frames dropped">
        {count('framesDropped')} of{' '}
        {formatFigure(number(summary.framesDropped) + number(summary.framesRendered), 'count')}
      </Fact>
      <Fact name="Requests">
        {count('requests')} · {count('requestFailures')} failed
      </Fact>
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly strong?: boolean;
  readonly standing?: string | undefined;
  readonly children: ReactNode;
}

function Fact({ name, strong = false, standing, children }: FactProps): ReactNode {
  return (
    <div data-strong={strong}>
      <dt>{name}</dt>
      <dd className="outside" data-standing={standing}>
        {children}
      </dd>
    </div>
  );
}

function spaced(parts: readonly string[], by = ' '): string {
  return parts.filter((part) => part !== '').join(by) || NONE;
}

function inside(raw: unknown): Raw {
  return raw !== null && typeof raw === 'object' ? (raw as Raw) : {}; // An object, by the check.
}
