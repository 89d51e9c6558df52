// One view on one time axis: states, events, renditions, buffer, latency, hosts and delivery, with
// zoom, exact values under the pointer, and keys that step through the events.
import { type ReactNode, useId, useRef } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { toEventText } from './eventText.ts';
import { HiddenShapes, LaneShapes } from './LaneShapes.tsx';
import { type Lane, type TimelineData, toLanePlan } from './lanePlan.ts';
import { Readout } from './Readout.tsx';
import { Axis, Cursor, HatchPattern } from './TimelineOverlays.tsx';
import './timeline.css';
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
        <LaneLabels lanes={lanes} height={height} isNarrow={isNarrow} />
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

interface LaneLabelsProps {
  readonly lanes: readonly Lane[];
  readonly height: number;
  readonly isNarrow: boolean;
}

/** Beside their lanes; above them where it is narrow. */
function LaneLabels({ lanes, height, isNarrow }: LaneLabelsProps): ReactNode {
  return (
    <ul className="laneLabels" style={{ height: `${height}rem` }}>
      {lanes.map((lane) => (
        <li
          key={lane.id}
          style={
            isNarrow
              ? { top: `${lane.top - NARROW_GAP_REM}rem`, height: `${NARROW_GAP_REM}rem` }
              : { top: `${lane.top}rem`, height: `${lane.height}rem` }
          }
        >
          {lane.label}
        </li>
      ))}
    </ul>
  );
}
