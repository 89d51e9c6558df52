// One figure that an engineer must read from across the room: its value, how it stands, and its last
// quarter of an hour. It formats and never computes.
import type { ReactNode } from 'react';
import { type MetricInfo, type Standing, standingOf } from '../feed/catalogue.ts';
import { formatFigure, toFigure } from '../format/formatFigure.ts';
import { MetricName } from './MetricName.tsx';
import { shortTitle } from './shortTitle.ts';
import { toSparkline } from './sparkline.ts';

export interface StatTileProps {
  readonly metric: MetricInfo;
  /** undefined while nothing has come yet; null where there is no figure. */
  readonly value: number | null | undefined;
  readonly history: readonly (number | null)[];
  readonly basis: string;
  /** False while the figure is old: then it is not judged. */
  readonly isCurrent: boolean;
  /** A second figure of the same matter, smaller. */
  readonly beside?: {
    readonly metric: MetricInfo;
    readonly value: number | null | undefined;
    readonly label: string;
  };
}

const BOX = { width: 120, height: 28 };

const WORDS: Readonly<Record<Standing, string>> = {
  good: 'Good',
  warn: 'Worth a look',
  bad: 'Bad',
  unrated: '',
};

export function StatTile(props: StatTileProps): ReactNode {
  const { metric, value, history, basis, beside, isCurrent } = props;
  const own = isCurrent ? standingOf(metric, value) : 'unrated';
  const other =
    isCurrent && beside !== undefined ? standingOf(beside.metric, beside.value) : 'unrated';
  const standing = worst(own, other);
  const figure = toFigure(value, metric.unit);
  return (
    <section className="tile card" data-standing={standing} aria-label={metric.title}>
      <header>
        <h2>
          <MetricName metric={metric} short={shortTitle(metric)} />
        </h2>
        {standing !== 'unrated' && <span className="standing">{WORDS[standing]}</span>}
      </header>
      <p className="figure">
        {value === undefined ? (
          <span className="skeleton">0,000</span>
        ) : (
          <>
            <span className="number" data-standing={own}>
              {figure.number}
            </span>
            {figure.unit !== '' && <span className="unit">{figure.unit}</span>}
          </>
        )}
        {beside !== undefined && beside.value !== undefined && (
          <span className="beside" data-standing={other}>
            <MetricName metric={beside.metric} short={beside.label} />
            <b>{formatFigure(beside.value, beside.metric.unit)}</b>
          </span>
        )}
      </p>
      <svg
        className="spark"
        viewBox={`0 -2 ${BOX.width} ${BOX.height + 4}`}
        aria-hidden="true"
        preserveAspectRatio="none"
      >
        <path d={toSparkline(history, BOX)} />
      </svg>
      <p className="basis">{basis}</p>
    </section>
  );
}

const ORDER: readonly Standing[] = ['unrated', 'good', 'warn', 'bad'];

function worst(a: Standing, b: Standing): Standing {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}
