// One view on one time axis: states, events, renditions, buffer, latency, hosts and delivery, with
// zoom, exact values under the pointer, and keys that step through the events.
import { type ReactNode, useId, useRef } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { useTimeZone } from '../feed/useStatus.ts';
import { formatTime, type TimeStyle } from '../format/formatTime.ts';
import { toEventText } from './eventText.ts';
import { HiddenShapes, LaneShapes } from './LaneShapes.tsx';
import { type TimelineData, toLanePlan } from './lanePlan.ts';
import { Readout } from './Readout.tsx';
import './timeline.css';
import { toTicks, toX } from './timeRange.ts';
import { useSize } from './useSize.ts';
import { type TimelineView, useTimelineView } from './useTimelineView.ts';

export interface TimelineProps {
  readonly data: TimelineData;
  readonly selected: number | null;
  readonly onSelect: (seq: number | null) => void;
}

/** Below this width labels stand above their lanes, in rem. */
const NARROW_REM = 44;
const GAP_REM = 0.5;
const NARROW_GAP_REM = 1.4;

export function Timeline({ data, selected, onSelect }: TimelineProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const surface = useRef<SVGSVGElement>(null);
  const { width, rem } = useSize(place);
  const view = useTimelineView({ data, width, surface, selected, onSelect });
  const isNarrow = width < NARROW_REM * rem;
  const { lanes, height } = toLanePlan(data, isNarrow ? NARROW_GAP_REM : GAP_REM);
  const hint = useId();
  const event = data.events.find((candidate) => candidate.seq === selected);
  const said = event === undefined ? null : toEventText(event);
  return (
    <section className="timeline card" aria-label="Timeline">
      <Toolbar view={view} />
      <Readout data={data} at={view.hover ?? event?.at ?? data.to} />
      {/* biome-ignore lint/a11y/useSemanticElements: stepped through by arrow keys, as a whole */}
      <div
        className="lanes"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys step through its events
        tabIndex={0}
        aria-label="Timeline of the view"
        aria-describedby={hint}
        data-narrow={isNarrow}
        onKeyDown={view.onKeyDown}
      >
        <ul className="laneLabels" style={{ height: `${height}rem` }}>
          {lanes.map((lane) => (
            <li
              key={lane.id}
              style={{
                top: `${isNarrow ? lane.top - NARROW_GAP_REM : lane.top}rem`,
                height: `${isNarrow ? NARROW_GAP_REM : lane.height}rem`,
              }}
            >
              {lane.label}
            </li>
          ))}
        </ul>
        <div className="laneSurface" ref={place}>
          <svg
            ref={surface}
            aria-hidden="true"
            width={width}
            height={height * rem + rem * 1.75}
            {...view.pointer}
          >
            <HatchPattern />
            <Axis view={view} width={width} height={height * rem} rem={rem} />
            {lanes.map((lane) => (
              <g key={lane.id} transform={`translate(0 ${lane.top * rem})`}>
                <LaneShapes {...{ data, range: view.range, width, lane, rem, selected }} />
              </g>
            ))}
            <HiddenShapes {...{ data, range: view.range, width, height: height * rem }} />
            <Cursor view={view} width={width} height={height * rem} selectedAt={event?.at} />
          </svg>
        </div>
      </div>
      <p className="visuallyHidden" aria-live="polite">
        {said === null ? '' : `${said.title} ${said.detail}`}
      </p>
      <p id={hint} className="timelineHint muted">
        Drag to zoom, Ctrl and wheel to zoom, double click for all. Keys: ← → events, + − zoom, 0
        all.
      </p>
    </section>
  );
}

function Toolbar({ view }: { readonly view: TimelineView }): ReactNode {
  return (
    <header>
      <h2>Timeline</h2>
      <div className="tools">
        <button
          type="button"
          className="button quiet icon"
          aria-label="Zoom out"
          disabled={view.isWhole}
          onClick={() => view.zoomBy(2)}
        >
          <Icon name="minus" />
        </button>
        <button
          type="button"
          className="button quiet icon"
          aria-label="Zoom in"
          onClick={() => view.zoomBy(0.5)}
        >
          <Icon name="plus" />
        </button>
        <button type="button" className="button" disabled={view.isWhole} onClick={view.showAll}>
          <Icon name="fit" /> All
        </button>
      </div>
    </header>
  );
}

interface OverlayProps {
  readonly view: TimelineView;
  readonly width: number;
  readonly height: number;
}

function Axis({ view, width, height, rem }: OverlayProps & { readonly rem: number }): ReactNode {
  const timeZone = useTimeZone();
  const { ticks, stepMs } = toTicks(view.range, width, rem * 6);
  const style: TimeStyle = stepMs < 1_000 ? 'ms' : stepMs < 60_000 ? 'second' : 'minute';
  return (
    <g className="axis">
      {ticks.map((at) => {
        const x = toX(view.range, width, at);
        const edge = x < rem * 2 ? 'start' : x > width - rem * 2 ? 'end' : 'middle';
        return (
          <g key={at}>
            <path d={`M${x} 0V${height}`} />
            <text
              x={edge === 'start' ? Math.max(x, 0) : Math.min(x, width)}
              y={height + rem}
              data-edge={edge}
            >
              {formatTime(at, timeZone, style)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function Cursor({
  view,
  width,
  height,
  selectedAt,
}: OverlayProps & { readonly selectedAt: number | undefined }): ReactNode {
  const { range, hover, drag } = view;
  const inSight = (at: number | null | undefined): at is number =>
    at !== null && at !== undefined && at >= range.from && at <= range.to;
  return (
    <>
      {drag !== null && (
        <rect
          className="dragged"
          x={Math.min(drag.fromX, drag.toX)}
          width={Math.abs(drag.toX - drag.fromX)}
          height={height}
        />
      )}
      {inSight(selectedAt) && (
        <path className="selectedLine" d={`M${toX(range, width, selectedAt)} 0V${height}`} />
      )}
      {inSight(hover) && (
        <path className="hoverLine" d={`M${toX(range, width, hover)} 0V${height}`} />
      )}
    </>
  );
}

function HatchPattern(): ReactNode {
  return (
    <defs>
      <pattern
        id="hatch"
        width="7"
        height="7"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <path d="M0 0V7" className="hatchLine" />
      </pattern>
    </defs>
  );
}
