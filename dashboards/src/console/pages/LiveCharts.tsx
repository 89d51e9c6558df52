// The two charts of the live page: audience, and how it is served, on one time axis.
import { type ReactNode, useMemo } from 'react';
import '../charts/charts.css';
import { type ChartLine, TimeChart } from '../charts/TimeChart.tsx';
import { metricOf } from '../feed/catalogue.ts';
import type { LiveMessage } from '../feed/messages.ts';
import { useTimeZone } from '../feed/useStatus.ts';
import { numbersOf } from '../panels/fieldValues.ts';
import { toDataFrame } from '../panels/toDataFrame.ts';

/** What the live series spans, as the API pushes it. */
const SPAN_MS = 15 * 60_000;

type LinePlan = Omit<ChartLine, 'metric' | 'values'> & { readonly id: string };

const CHARTS: readonly { readonly title: string; readonly lines: readonly LinePlan[] }[] = [
  {
    title: 'Audience',
    lines: [
      { id: 'concurrentViews', colour: 'series-1', scale: 'left', filled: true },
      { id: 'startsPerMinute', colour: 'series-3', scale: 'right' },
    ],
  },
  {
    title: 'Experience',
    lines: [
      { id: 'contentStartupP50', colour: 'series-1', scale: 'left' },
      { id: 'contentStartupP95', colour: 'series-2', scale: 'left' },
      { id: 'rebufferingRatio', colour: 'series-4', scale: 'right', filled: true },
    ],
  },
];

export function LiveCharts({ message }: { readonly message: LiveMessage | null }): ReactNode {
  const timeZone = useTimeZone();
  const data = useMemo(() => (message === null ? null : toChartData(message)), [message]);
  return (
    <div className="charts">
      {CHARTS.map(({ title }, index) =>
        data === null || message === null ? (
          <div key={title} className="card skeleton skeletonChart" aria-hidden="true" />
        ) : (
          <TimeChart
            key={title}
            title={title}
            group="live"
            times={data.times}
            lines={data.charts[index] ?? []}
            from={message.at - SPAN_MS}
            to={message.at}
            completeUntil={message.completeUntil}
            timeZone={timeZone}
          />
        ),
      )}
    </div>
  );
}

function toChartData(message: LiveMessage): { times: number[]; charts: ChartLine[][] } {
  const frame = toDataFrame(message.series);
  const times = (frame.fields[0]?.values ?? []).map(Number);
  const charts = CHARTS.map(({ lines }) =>
    lines.flatMap(({ id, ...plan }) => {
      const metric = metricOf(id);
      return metric === undefined ? [] : [{ ...plan, metric, values: numbersOf(frame, id) }];
    }),
  );
  return { times, charts };
}
