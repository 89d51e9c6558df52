// Keeps one uPlot chart on an element in step with its props: made anew when what it draws changes,
// fed when only its data do.
import { type RefObject, useEffect, useRef, useState } from 'react';
import type uPlot from 'uplot';
import { useShownTheme } from '../theme/theme.ts';
import { createChart } from './createChart.ts';
import type { TimeChartProps } from './TimeChart.tsx';

export interface Chart {
  readonly place: RefObject<HTMLDivElement | null>;
  /** Index of the cell under the cursor; null where there is none. */
  readonly at: number | null;
  moveTo(index: number): void;
  leave(): void;
}

export function useChart(props: TimeChartProps): Chart {
  const { lines, times, timeZone } = props;
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [at, setAt] = useState<number | null>(null);
  const theme = useShownTheme();
  const shape = lines.map((line) => `${line.metric.id} ${line.colour}`).join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: theme and shape decide how it is drawn
  useEffect(() => {
    if (place.current === null) return;
    const made = createChart(place.current, () => latest.current, setAt);
    chart.current = made.chart;
    return () => {
      made.destroy();
      chart.current = null;
    };
  }, [theme, shape, timeZone]);

  useEffect(() => {
    const plot = chart.current;
    if (plot === null) return;
    plot.setData([[...times], ...lines.map((line) => [...line.values])], false);
    plot.setScale('x', { min: props.from, max: props.to });
  }, [times, lines, props.from, props.to]);

  return {
    place,
    at,
    moveTo: (index) => {
      const time = times[Math.max(0, Math.min(times.length - 1, index))];
      if (time === undefined || chart.current === null) return;
      chart.current.setCursor({ left: chart.current.valToPos(time, 'x'), top: 10 });
    },
    leave: () => chart.current?.setCursor({ left: -10, top: -10 }),
  };
}
