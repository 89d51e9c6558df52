// What lies over and under the lanes of the timeline: its time axis, the cursor, and the hatching of
// hidden spans.
import type { ReactNode } from 'react';
import { useTimeZone } from '../feed/useStatus.ts';
import { formatTime, type TimeStyle } from '../format/formatTime.ts';
import { toTicks, toX } from './timeRange.ts';
import type { TimelineView } from './useTimelineView.ts';

interface OverlayProps {
  readonly view: TimelineView;
  readonly width: number;
  readonly height: number;
}

export function Axis({
  view,
  width,
  height,
  rem,
}: OverlayProps & { readonly rem: number }): ReactNode {
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

export function Cursor({
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

export function HatchPattern(): ReactNode {
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
