// What the tables would hold of the bodies that came: by view, the newest revision of every row. Pure.
import { type Beacon, decodeBeacon, type Slice, type Summary } from '@retour/player-sdk/contract';
import { readBeacon } from '@retour/player-sdk/contract/schema';

export interface RecordedView {
  readonly slices: ReadonlyMap<number, Slice>;
  readonly events: ReadonlyMap<number, Beacon['events'][0]>;
  readonly summary: Summary | undefined;
  /** Rows that came twice in one revision and did not say the same. */
  readonly contradictions: number;
}

export interface Recorded {
  readonly views: ReadonlyMap<string, RecordedView>;
  /** Items that the contract refuses. */
  readonly refused: number;
}

interface Recording {
  slices: Map<number, Slice>;
  events: Map<number, Beacon['events'][0]>;
  summary: Summary | undefined;
  contradictions: number;
}

/** @param bodies JSON: a beacon each, or an array of them. */
export function readViews(bodies: readonly string[]): Recorded {
  const views = new Map<string, Recording>();
  let refused = 0;
  for (const body of bodies) {
    const value: unknown = JSON.parse(body);
    for (const one of Array.isArray(value) ? value : [value]) {
      const { beacon, issues } = readBeacon(one);
      refused += issues.length;
      if (beacon !== undefined) record(views, decodeBeacon(beacon));
    }
  }
  return { views, refused };
}

function record(views: Map<string, Recording>, beacon: Beacon): void {
  const view = views.get(beacon.view) ?? {
    slices: new Map(),
    events: new Map(),
    summary: undefined,
    contradictions: 0,
  };
  views.set(beacon.view, view);
  const newer = <T extends { readonly rev: number }>(before: T | undefined, row: T): T => {
    if (before?.rev === row.rev && JSON.stringify(before) !== JSON.stringify(row)) {
      view.contradictions += 1;
    }
    return before !== undefined && before.rev > row.rev ? before : row;
  };
  for (const slice of beacon.slices) {
    view.slices.set(slice.k, newer(view.slices.get(slice.k), slice));
  }
  for (const event of beacon.events) {
    view.events.set(event.seq, newer(view.events.get(event.seq), event));
  }
  if (beacon.summary !== undefined) view.summary = newer(view.summary, beacon.summary);
}
