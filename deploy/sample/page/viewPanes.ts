// One view put together from its beacons, as the collector's side would: its states along time, its
// events in order, its totals. The newest revision of a row replaces the one before.
import {
  type Beacon,
  type Slice,
  type Summary,
  TIMED_STATES,
  type ViewEvent,
} from '@retour/player-sdk/contract';
import { toEventText, toNumber, toPosition, toSeconds, toSummaryLines } from './decoded.ts';
import { toElement, toTable } from './elements.ts';

/** Rows kept: two hours of slices, and the newest events. */
const SLICES = 720;
const EVENTS = 200;

export interface ViewPanes {
  add(beacon: Beacon): void;
  clear(): void;
}

export function createViewPanes(timeline: HTMLElement, totals: HTMLElement): ViewPanes {
  let view = '';
  let slices = new Map<number, Slice>();
  let events = new Map<number, ViewEvent>();
  let summary: Summary | undefined;
  const clear = () => {
    slices = new Map();
    events = new Map();
    summary = undefined;
    timeline.replaceChildren();
    totals.replaceChildren();
  };
  return {
    clear,
    add(beacon) {
      if (beacon.view !== view) clear();
      view = beacon.view;
      for (const slice of beacon.slices) put(slices, slice.k, slice);
      for (const event of beacon.events) put(events, event.seq, event);
      trim(slices, SLICES);
      trim(events, EVENTS);
      if (beacon.summary && (summary === undefined || beacon.summary.rev >= summary.rev)) {
        summary = beacon.summary;
      }
      timeline.replaceChildren(toBar(slices), toEvents(events, summary?.start));
      if (summary) totals.replaceChildren(toTable('summary', toSummaryLines(summary)));
    },
  };
}

function put<R extends { readonly rev: number }>(rows: Map<number, R>, key: number, row: R): void {
  const known = rows.get(key);
  if (known === undefined || row.rev >= known.rev) rows.set(key, row);
}

function trim<R>(rows: Map<number, R>, most: number): void {
  for (const key of rows.keys()) {
    if (rows.size <= most) return;
    rows.delete(key);
  }
}

/** Wall time by state, one block a slice: within a slice only the sums are known. */
function toBar(slices: ReadonlyMap<number, Slice>): HTMLElement {
  const bar = toElement('div', 'states');
  const sums = new Map<string, number>();
  for (const slice of [...slices.values()].sort((a, b) => a.k - b.k)) {
    for (const state of TIMED_STATES) {
      const ms = slice[`${state}Ms`];
      if (ms === 0) continue;
      const block = toElement('i', state);
      block.style.flexGrow = String(ms);
      block.title = `${state} ${toSeconds(ms)} in slice ${slice.k}`;
      bar.append(block);
      sums.set(state, (sums.get(state) ?? 0) + ms);
    }
  }
  const legend = [...sums].map(([state, ms]) =>
    toElement('span', '', toElement('i', state), `${state} ${toSeconds(ms)}`),
  );
  return toElement('div', 'statesBox', bar, toElement('p', 'legend', ...legend));
}

function toEvents(events: ReadonlyMap<number, ViewEvent>, start: number | undefined): HTMLElement {
  const sorted = [...events.values()].sort((a, b) => a.at - b.at || a.seq - b.seq);
  const from = start ?? sorted[0]?.at ?? 0;
  return toElement(
    'ol',
    'events',
    ...sorted.map((event) =>
      toElement(
        'li',
        event.type === 'error' ? 'bad' : event.type === 'stall' ? 'stall' : '',
        toElement('span', 'at', `${event.at < from ? '' : '+'}${toNumber(event.at - from)} ms`),
        toElement('bdi', 'what', toEventText(event)),
        toElement('span', 'pos', event.pos === undefined ? '' : `at ${toPosition(event.pos)}`),
      ),
    ),
  );
}
