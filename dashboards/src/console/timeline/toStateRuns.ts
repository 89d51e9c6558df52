// What the view was doing at each moment, as runs that follow each other without overlap: from its
// events, and where it has none, from its slices' totals.
import { type EventRow, number, TIMED_STATES, type TimedState, type ViewRows } from './viewRows.ts';

export interface StateRun {
  readonly from: number;
  readonly to: number;
  readonly state: TimedState;
  /** The length is known, the place within its slice is not. */
  readonly approximate?: boolean;
}

/** Where two hold at once, the later in this list is shown. */
const PRIORITY: readonly TimedState[] = [
  'playing',
  'starting',
  'stalled',
  'seeking',
  'paused',
  'ad',
  'suspended',
];

interface Span {
  readonly from: number;
  readonly to: number;
  readonly state: TimedState;
}

export function toStateRuns(rows: ViewRows): StateRun[] {
  const events = rows.events;
  if (!events.some((event) => event.type === 'requested' || event.type === 'firstFrame')) {
    return toRunsOfSlices(rows);
  }
  const requestedAt = events.find((event) => event.type === 'requested')?.at ?? rows.from;
  const firstFrameAt = events.find((event) => event.type === 'firstFrame')?.at;
  const endAt = endOf(rows);
  const spans: Span[] = [
    { from: requestedAt, to: Math.min(firstFrameAt ?? endAt, endAt), state: 'starting' },
    ...(firstFrameAt === undefined
      ? []
      : [{ from: firstFrameAt, to: endAt, state: 'playing' as const }]),
    ...events.flatMap((event) => toSpan(event, events, endAt)),
  ];
  return paint(spans.filter((span) => span.to > span.from));
}

/** The view's end: nothing is shown after its last final exit; else it goes on to its last row. */
function endOf(rows: ViewRows): number {
  const exit = rows.events.findLast((event) => event.type === 'exit');
  const isFinal = exit !== undefined && exit.facts.provisional !== true;
  const after = rows.events.findLast((event) => !ASIDE.has(event.type));
  return isFinal && exit.at >= (after?.at ?? 0) ? exit.at : rows.to;
}

/** What may come after an end without the view going on. */
const ASIDE: ReadonlySet<string> = new Set(['exit', 'visibility', 'presentation', 'captions']);

function toSpan(event: EventRow, events: readonly EventRow[], endAt: number): Span[] {
  const spanOf = (state: TimedState, ms: unknown, runsUntil: number): Span[] => [
    {
      from: event.at,
      to: Math.min(endAt, ms === undefined ? runsUntil : event.at + number(ms)),
      state,
    },
  ];
  switch (event.type) {
    case 'stall':
      return spanOf('stalled', event.facts.durationMs, endAt);
    case 'seek':
      return spanOf('seeking', event.facts.latencyMs, event.at);
    case 'pause': {
      const resumed = events.find((later) => later.type === 'resume' && later.at >= event.at)?.at;
      return spanOf('paused', event.facts.durationMs, resumed ?? endAt);
    }
    case 'adBreak':
      return spanOf('ad', event.facts.durationMs, endAt);
    case 'suspended':
      return spanOf('suspended', event.facts.durationMs, event.at);
    default:
      return [];
  }
}

/** Cuts overlapping spans into runs; the state of highest priority wins each moment. */
function paint(spans: readonly Span[]): StateRun[] {
  const edges = [...new Set(spans.flatMap((span) => [span.from, span.to]))].sort((a, b) => a - b);
  const byStart = [...spans].sort((a, b) => a.from - b.from);
  const runs: StateRun[] = [];
  let next = 0;
  let active: Span[] = [];
  for (let i = 0; i + 1 < edges.length; i += 1) {
    const from = edges[i] ?? 0;
    const to = edges[i + 1] ?? from;
    for (let span = byStart[next]; span !== undefined && span.from <= from; span = byStart[next]) {
      active.push(span);
      next += 1;
    }
    active = active.filter((span) => span.to > from);
    const state = PRIORITY.findLast((candidate) => active.some((s) => s.state === candidate));
    if (state !== undefined) pushRun(runs, { from, to, state });
  }
  return runs;
}

/** A slice tells how long, not when: its states are laid one after the other. */
function toRunsOfSlices(rows: ViewRows): StateRun[] {
  const runs: StateRun[] = [];
  for (const slice of rows.slices) {
    let at = slice.from;
    for (const state of TIMED_STATES) {
      const ms = slice.states[state];
      if (ms > 0) pushRun(runs, { from: at, to: at + ms, state, approximate: true });
      at += ms;
    }
  }
  return runs;
}

function pushRun(runs: StateRun[], run: StateRun): void {
  const last = runs.at(-1);
  if (last?.state === run.state && last.to === run.from)
    runs[runs.length - 1] = { ...last, to: run.to };
  else runs.push(run);
}
