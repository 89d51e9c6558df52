// Draws each lane of the timeline as SVG. Coordinates are pixels; texts are cut to their run.
import type { ReactNode } from 'react';
import { durationText } from '../format/formatDuration.ts';
import { formatFigure } from '../format/formatFigure.ts';
import { toEventText } from './eventText.ts';
import { firstThatFits, fitText } from './fitText.ts';
import type { Lane, TimelineData } from './lanePlan.ts';
import { type TimeRange, toPixels, toX } from './timeRange.ts';
import { type LevelRun, renditionName } from './toLanes.ts';
import type { StateRun } from './toStateRuns.ts';

export interface LaneShapesProps {
  readonly data: TimelineData;
  readonly range: TimeRange;
  readonly width: number;
  readonly lane: Lane;
  /** Pixels of one rem. */
  readonly rem: number;
  readonly selected: number | null;
}

export function LaneShapes(props: LaneShapesProps): ReactNode {
  switch (props.lane.id) {
    case 'state':
      return <StateLane {...props} />;
    case 'events':
      return <EventLane {...props} />;
    case 'rendition':
      return <RenditionLane {...props} />;
    case 'buffer':
      return <LevelLane {...props} runs={props.data.buffer} colour="series-3" />;
    case 'latency':
      return <LevelLane {...props} runs={props.data.latency} colour="series-5" />;
    case 'host':
      return <HostLane {...props} />;
    case 'delivery':
      return <DeliveryLane {...props} />;
  }
}

function StateLane({ data, range, width, lane, rem }: LaneShapesProps): ReactNode {
  const height = lane.height * rem;
  return toPixels(data.states, { range, width }, (run) => run.state).map((drawn) => (
    <g key={`${drawn.run.from} ${drawn.run.state}`}>
      <rect
        className="stateRun"
        data-state={drawn.run.state}
        data-approximate={drawn.run.approximate}
        x={drawn.x}
        // A stall is what one looks for: it never gets thinner than it can be seen.
        width={drawn.run.state === 'stalled' ? Math.max(drawn.width, 2) : drawn.width}
        height={height}
      />
      <text className="runText" data-on={drawn.run.state} x={drawn.x + rem * 0.4} y={height / 2}>
        {firstThatFits(stateTexts(drawn.run), drawn.width - rem * 0.6, rem * 0.44)}
      </text>
    </g>
  ));
}

function stateTexts({ state, from, to }: StateRun): string[] {
  const length = durationText(to - from);
  return [`${state} ${length}`, state, length];
}

function EventLane({ data, range, width, lane, rem, selected }: LaneShapesProps): ReactNode {
  const middle = (lane.height * rem) / 2;
  const runs = data.events.map((event) => ({ from: event.at, to: event.at, event }));
  return toPixels(runs, { range, width }, ({ event }) => event.type).map(
    ({ run: { event }, x: exact }) => {
      const { tone } = toEventText(event);
      const size = rem * (event.seq === selected ? 0.44 : 0.28);
      // At the edges a mark stands inside, whole.
      const x = Math.min(Math.max(exact, size * 1.25), width - size * 1.25);
      return tone === 'bad' || tone === 'warn' ? (
        <path
          key={event.seq}
          className="mark"
          data-tone={tone}
          d={`M${x} ${middle - size * 1.25}L${x + size * 1.25} ${middle}L${x} ${middle + size * 1.25}L${x - size * 1.25} ${middle}Z`}
        />
      ) : (
        <circle key={event.seq} className="mark" data-tone={tone} cx={x} cy={middle} r={size} />
      );
    },
  );
}

function RenditionLane({ data, range, width, lane, rem }: LaneShapesProps): ReactNode {
  const height = lane.height * rem;
  const top = Math.max(1, ...data.renditions.map((run) => run.bitrate));
  const drawn = toPixels(data.renditions, { range, width }, (run) => `${run.bitrate}`);
  return drawn.map(({ run, x, width: wide }) => {
    const y = height - (run.bitrate / top) * (height - rem * 1.15);
    const name = [
      renditionName(run),
      run.bitrate > 0 ? formatFigure(run.bitrate, 'bitsPerSecond') : '',
    ]
      .filter((part) => part !== '')
      .join(' · ');
    return (
      <g key={run.from}>
        <rect className="renditionRun" x={x} y={y} width={wide} height={height - y} />
        <path className="renditionLine" d={`M${x} ${y}h${wide}`} />
        <text className="laneText" x={x + rem * 0.3} y={y - rem * 0.5}>
          {fitText(name, wide - rem * 0.4, rem * 0.42)}
        </text>
      </g>
    );
  });
}

interface LevelLaneProps extends LaneShapesProps {
  readonly runs: readonly LevelRun[];
  readonly colour: string;
}

/** The mean of each slice as a line, its least and most as a band behind it. */
function LevelLane({ runs, colour, range, width, lane, rem }: LevelLaneProps): ReactNode {
  const height = lane.height * rem;
  const top = Math.max(1, ...runs.map((run) => Math.max(run.max, run.mean)));
  const y = (value: number): number => height - (value / top) * (height - rem * 0.75);
  const drawn = toPixels(runs, { range, width }, () => '');
  const band = drawn
    .map(({ run, x, width: wide }) => `M${x} ${y(run.max)}h${wide}V${y(run.min)}h${-wide}Z`)
    .join('');
  const line = drawn
    .map(({ run, x, width: wide }, index) => {
      const joins = (drawn[index - 1]?.run.to ?? -1) >= run.from - 1;
      return `${joins ? 'L' : 'M'}${x} ${y(run.mean)}h${wide}`;
    })
    .join('');
  return (
    <g data-colour={colour}>
      <path className="levelBand" d={band} />
      <path className="levelLine" d={line} />
      <path className="ground" d={`M0 ${height}h${width}`} />
      <text className="laneText scale" x={width - rem * 0.25} y={rem * 0.45}>
        {durationText(top)}
      </text>
    </g>
  );
}

const HOST_COLOURS = ['series-1', 'series-4', 'series-3', 'series-2', 'series-5', 'series-6'];

function HostLane({ data, range, width, lane, rem }: LaneShapesProps): ReactNode {
  const height = lane.height * rem;
  const names = [...new Set(data.hosts.map((run) => `${run.host} ${run.pathway}`))];
  const nameOf = (run: { host: string; pathway: string }): string => `${run.host} ${run.pathway}`;
  return toPixels(data.hosts, { range, width }, nameOf).map(({ run, x, width: wide }) => (
    <g key={run.from} data-colour={HOST_COLOURS[names.indexOf(nameOf(run)) % HOST_COLOURS.length]}>
      <rect className="hostRun" x={x} width={wide} height={height} />
      <rect className="hostEdge" x={x} width={Math.min(3, wide)} height={height} />
      <text className="laneText strong" x={x + rem * 0.5} y={height / 2}>
        {fitText(
          [run.host, run.pathway].filter((part) => part !== '').join(' · '),
          wide - rem * 0.7,
          rem * 0.43,
        )}
      </text>
    </g>
  ));
}

/** A slice cut short says little of a rate: it must not dwarf the others. */
const LEAST_RATED_MS = 2_000;

/** Bytes per slice as columns; a slice with failed requests is marked at its foot. */
function DeliveryLane({ data, range, width, lane, rem }: LaneShapesProps): ReactNode {
  const height = lane.height * rem;
  const rate = (run: { bytes: number; from: number; to: number }): number =>
    (run.bytes * 8_000) / Math.max(LEAST_RATED_MS, run.to - run.from);
  const top = Math.max(1, ...data.delivery.map(rate));
  return (
    <>
      {toPixels(data.delivery, { range, width }, (run) => (run.failures > 0 ? 'failed' : '')).map(
        ({ run, x, width: wide }) => {
          const tall = (rate(run) / top) * (height - rem * 0.9);
          return (
            <g key={run.from}>
              <rect
                className="deliveryRun"
                x={x}
                y={height - tall}
                width={Math.max(0.5, wide - 1)}
                height={tall}
              />
              {run.failures > 0 && (
                <rect
                  className="deliveryFailed"
                  x={x}
                  y={height - rem * 0.3}
                  width={Math.max(2, wide - 1)}
                  height={rem * 0.3}
                />
              )}
            </g>
          );
        },
      )}
      <path className="ground" d={`M0 ${height}h${width}`} />
      <text className="laneText scale" x={width - rem * 0.25} y={rem * 0.45}>
        {formatFigure(top, 'bitsPerSecond')}
      </text>
    </>
  );
}

/** Spans during which the page could not be seen, over the height of all lanes. */
export function HiddenShapes({
  data,
  range,
  width,
  height,
}: Omit<LaneShapesProps, 'lane' | 'rem' | 'selected'> & { readonly height: number }): ReactNode {
  return data.hidden.map((span) => {
    const x = Math.max(0, toX(range, width, span.from));
    const end = Math.min(width, toX(range, width, span.to));
    return end <= x ? null : (
      <rect key={span.from} className="hiddenSpan" x={x} width={end - x} height={height} />
    );
  });
}
