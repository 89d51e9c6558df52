// What part of the view is in sight, where the pointer is, and which event is selected; with the keys,
// the wheel and the drag that change it.
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useState } from 'react';
import type { TimelineData } from './lanePlan.ts';
import { stepEvent, toAction } from './timelineKeys.ts';
import {
  keepWithin,
  move,
  type Plot,
  reveal,
  SHORTEST_MS,
  type TimeRange,
  toMoment,
  toX,
  zoom,
} from './timeRange.ts';

const CLICK_PX = 4;
const NEAR_PX = 10;
const WHEEL_STEP = 0.0022;

export interface Drag {
  readonly fromX: number;
  readonly toX: number;
}

export interface TimelineView {
  readonly range: TimeRange;
  /** True while everything is in sight; then it grows with a view that is open. */
  readonly isWhole: boolean;
  readonly hover: number | null;
  readonly drag: Drag | null;
  zoomBy(factor: number): void;
  showAll(): void;
  onKeyDown(event: KeyboardEvent): void;
  readonly pointer: {
    onPointerMove(event: PointerEvent<SVGSVGElement>): void;
    onPointerDown(event: PointerEvent<SVGSVGElement>): void;
    onPointerUp(event: PointerEvent<SVGSVGElement>): void;
    onPointerLeave(): void;
    onDoubleClick(): void;
  };
}

export interface TimelineViewOptions {
  readonly data: TimelineData;
  readonly width: number;
  readonly surface: RefObject<SVGSVGElement | null>;
  readonly selected: number | null;
  readonly onSelect: (seq: number | null) => void;
}

export function useTimelineView(options: TimelineViewOptions): TimelineView {
  const { data, width, surface, selected, onSelect } = options;
  const whole: TimeRange = { from: data.from, to: data.to };
  const [chosen, setChosen] = useState<TimeRange | null>(null);
  const [hover, setHover] = useState<number | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const range = chosen === null ? whole : keepWithin(chosen, whole);

  const show = (next: TimeRange): void => {
    const isAll = next.to - next.from >= whole.to - whole.from;
    setChosen(isAll ? null : next);
  };
  const zoomAround = (factor: number, around: number): void =>
    show(zoom(range, whole, { factor, around }));
  const select = (seq: number | null): void => {
    onSelect(seq);
    const event = data.events.find((candidate) => candidate.seq === seq);
    if (event !== undefined && chosen !== null) show(reveal(range, whole, event.at));
  };
  useWheel(surface, (event, x) => {
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const pixels = event.deltaX === 0 ? event.deltaY : event.deltaX;
      show(move(range, whole, (pixels / width) * (range.to - range.from)));
    } else zoomAround(Math.exp(event.deltaY * WHEEL_STEP), toMoment(range, width, x));
  });

  const xOf = (event: PointerEvent<SVGSVGElement>): number =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;
  return {
    range,
    isWhole: chosen === null,
    hover,
    drag,
    zoomBy: (factor) => zoomAround(factor, centre(range, data, selected)),
    showAll: () => setChosen(null),
    onKeyDown: (event) => {
      const act = toAction(event);
      if (act === null) return;
      event.preventDefault();
      if (act.kind === 'zoom') zoomAround(act.factor, centre(range, data, selected));
      else if (act.kind === 'all') setChosen(null);
      else if (act.kind === 'none') select(null);
      else if (act.kind === 'move') show(move(range, whole, act.share * (range.to - range.from)));
      else select(stepEvent(data.events, selected, act.step));
    },
    pointer: {
      onPointerMove: (event) => {
        const x = xOf(event);
        setHover(toMoment(range, width, x));
        if (drag !== null) setDrag({ ...drag, toX: x });
      },
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ fromX: xOf(event), toX: xOf(event) });
      },
      onPointerUp: (event) => {
        if (drag === null) return;
        setDrag(null);
        const ends = [drag.fromX, xOf(event)].map((x) => toMoment(range, width, x));
        const [from = 0, to = 0] = ends.sort((a, b) => a - b);
        if (Math.abs(xOf(event) - drag.fromX) < CLICK_PX) {
          select(nearestEvent(data, { range, width }, drag.fromX));
        } else show(keepWithin({ from, to: Math.max(to, from + SHORTEST_MS) }, whole));
      },
      onPointerLeave: () => setHover(null),
      onDoubleClick: () => setChosen(null),
    },
  };
}

function nearestEvent(data: TimelineData, plot: Plot, x: number): number | null {
  let best: { seq: number; away: number } | null = null;
  for (const event of data.events) {
    const away = Math.abs(toX(plot.range, plot.width, event.at) - x);
    if (away <= NEAR_PX && (best === null || away < best.away)) best = { seq: event.seq, away };
  }
  return best?.seq ?? null;
}

/** Zooming by key or button keeps the selected event in place where it is in sight. */
function centre(range: TimeRange, data: TimelineData, selected: number | null): number {
  const at = data.events.find((event) => event.seq === selected)?.at;
  return at !== undefined && at >= range.from && at <= range.to ? at : (range.from + range.to) / 2;
}

/** React's wheel listeners are passive: the page would scroll along. Plain scrolling stays the page's. */
function useWheel(
  surface: RefObject<SVGSVGElement | null>,
  onWheel: (event: WheelEvent, x: number) => void,
): void {
  useEffect(() => {
    const element = surface.current;
    if (element === null) return;
    const listen = (event: WheelEvent): void => {
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !sideways) return;
      event.preventDefault();
      onWheel(event, event.clientX - element.getBoundingClientRect().left);
    };
    element.addEventListener('wheel', listen, { passive: false });
    return () => element.removeEventListener('wheel', listen);
  });
}
