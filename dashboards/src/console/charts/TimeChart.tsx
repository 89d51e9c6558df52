// One chart over time: lines of several metrics on one or two scales, the incomplete tail marked, its
// cursor shared with the charts of the same group. Everything shown comes from its props.
import { type ReactNode, useId } from 'react';
import type { MetricInfo } from '../feed/catalogue.ts';
import { formatFigure } from '../format/formatFigure.ts';
import { formatTime } from '../format/formatTime.ts';
import { MetricName } from '../panels/MetricName.tsx';
import { shortTitle } from '../panels/shortTitle.ts';
import { useChart } from './useChart.ts';

export interface ChartLine {
  readonly metric: MetricInfo;
  readonly values: readonly (number | null)[];
  /** Token of its colour. */
  readonly colour: string;
  readonly scale: 'left' | 'right';
  readonly filled?: boolean;
}

export interface TimeChartProps {
  readonly title: string;
  readonly group: string;
  /** Starts of the cells, epoch ms, ascending. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly from: number;
  readonly to: number;
  readonly completeUntil: number;
  readonly timeZone: string;
}

export function TimeChart(props: TimeChartProps): ReactNode {
  const { title, lines, times, timeZone, completeUntil } = props;
  const chart = useChart(props);
  const { at } = chart;
  const hint = useId();
  const shown = at === null ? lastComplete(times, completeUntil) : at;
  const time = times[shown];
  return (
    <figure className="chart card">
      <figcaption>
        <h2>{title}</h2>
        <span className="muted when">
          {time === undefined ? '' : formatTime(time, timeZone, 'second')}
          {time !== undefined && time >= completeUntil && ' · incomplete'}
        </span>
        <ul className="legend" aria-live={at === null ? 'off' : 'polite'}>
          {lines.map((line) => (
            <li key={line.metric.id} data-colour={line.colour}>
              <MetricName metric={line.metric} short={shortTitle(line.metric)} />
              <b>{formatFigure(line.values[shown], line.metric.unit)}</b>
            </li>
          ))}
        </ul>
      </figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a figure of its own, stepped through by arrow keys */}
      <div
        ref={chart.place}
        className="plot"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the cursor
        tabIndex={0}
        aria-label={`${title}, chart over the last 15 minutes`}
        aria-describedby={hint}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
          if (step === 0) return;
          event.preventDefault();
          chart.moveTo(shown + step);
        }}
        onBlur={chart.leave}
      />
      <p id={hint} className="visuallyHidden">
        Left and right arrow keys read the values of each ten seconds.
      </p>
    </figure>
  );
}

function lastComplete(times: readonly number[], completeUntil: number): number {
  let last = times.length - 1;
  while (last > 0 && (times[last] ?? 0) >= completeUntil) last -= 1;
  return last;
}
