// Makes the uPlot chart for a TimeChart: its scales, axes, lines and size. It holds no data of its own.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Unit } from '@retour/analytics/catalogue';
import { formatAxis } from '../format/formatFigure.ts';
import { formatTime } from '../format/formatTime.ts';
import { chartColour, faded } from './chartColour.ts';
import { incompleteTail } from './incompleteTail.ts';
import type { TimeChartProps } from './TimeChart.tsx';

/** A scale that shows nothing still needs a top, else its axis would be empty. */
const LEAST_TOP: Readonly<Record<Unit, number>> = {
  count: 5,
  perMinute: 5,
  perHour: 1,
  ms: 1000,
  percent: 1,
  bitsPerSecond: 1_000_000,
};

export function createChart(
  place: HTMLElement,
  props: () => TimeChartProps,
  onCursor: (index: number | null) => void,
): { chart: uPlot; destroy: () => void } {
  const { lines, times } = props();
  const chart = new uPlot(
    toOptions(place, props, onCursor),
    [[...times], ...lines.map((line) => [...line.values])],
    place,
  );
  const resize = new ResizeObserver(() => chart.setSize(sizeOf(place)));
  resize.observe(place);
  return {
    chart,
    destroy: () => {
      resize.disconnect();
      chart.destroy();
    },
  };
}

function toOptions(
  place: HTMLElement,
  props: () => TimeChartProps,
  onCursor: (index: number | null) => void,
): uPlot.Options {
  const { lines, group } = props();
  const colour = (token: string): string => chartColour(place, token);
  return {
    ...sizeOf(place),
    ms: 1,
    padding: [rem() * 0.75, 0, 0, 0],
    legend: { show: false },
    cursor: {
      sync: { key: group, setSeries: false },
      drag: { x: false, y: false },
      points: { size: 7 },
      y: false,
    },
    scales: {
      x: { time: true, range: () => [props().from, props().to] },
      left: { range: (_, __, max) => [0, topOf(max, unitOf(props(), 'left'))] },
      right: { range: (_, __, max) => [0, topOf(max, unitOf(props(), 'right'))] },
    },
    axes: toAxes(props, colour),
    series: [
      {},
      ...lines.map((line) => ({
        scale: line.scale,
        stroke: colour(line.colour),
        width: 1.75,
        ...(line.filled && { fill: faded(colour(line.colour), 0.12) }),
        points: { show: true, size: 4, fill: colour(line.colour), filter: lonePoints },
      })),
    ],
    plugins: [
      incompleteTail({
        completeUntil: () => props().completeUntil,
        line: faded(colour('muted'), 0.35),
        wash: faded(colour('muted'), 0.09),
      }),
    ],
    hooks: { setCursor: [(plot) => onCursor(plot.cursor.idx ?? null)] },
  };
}

function toAxes(props: () => TimeChartProps, colour: (token: string) => string): uPlot.Axis[] {
  const font = `${rem() * 0.75}px ${getComputedStyle(document.body).fontFamily}`;
  const shared = { stroke: colour('muted'), font, ticks: { show: false } };
  const values =
    (side: 'left' | 'right') =>
    (_: uPlot, splits: number[]): string[] =>
      splits.map((value) => formatAxis(value, unitOf(props(), side)));
  return [
    {
      ...shared,
      grid: { show: false },
      size: rem() * 1.75,
      space: rem() * 5,
      values: (_, splits) =>
        splits.map((time) =>
          formatTime(time, props().timeZone, time % 60_000 === 0 ? 'minute' : 'second'),
        ),
    },
    {
      ...shared,
      scale: 'left',
      size: rem() * 3.6,
      space: rem() * 2.4,
      grid: { stroke: colour('grid'), width: 1 },
      values: values('left'),
    },
    {
      ...shared,
      scale: 'right',
      side: 1,
      size: rem() * 3.6,
      space: rem() * 2.4,
      grid: { show: false },
      values: values('right'),
    },
  ];
}

/** Points without a neighbour on either side would be invisible as a line. */
function lonePoints(plot: uPlot, series: number): number[] {
  const values = plot.data[series] ?? [];
  const lone: number[] = [];
  values.forEach((value, index) => {
    const alone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
    if ((value ?? null) !== null && alone) lone.push(index);
  });
  return lone;
}

function unitOf(props: TimeChartProps, side: 'left' | 'right'): Unit {
  return props.lines.find((line) => line.scale === side)?.metric.unit ?? 'count';
}

function topOf(max: number | null, unit: Unit): number {
  return Math.max((max ?? 0) * 1.1, LEAST_TOP[unit]);
}

function sizeOf(place: HTMLElement): { width: number; height: number } {
  return { width: Math.max(1, place.clientWidth), height: Math.max(1, place.clientHeight) };
}

/** Canvas text knows no rem: it is read from the page, which grows on walls. */
function rem(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
