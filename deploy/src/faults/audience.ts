// An audience whose every row is known beforehand: what a view sends at a step is a function of the
// view and the step alone, and so is each revision of each row in it. Pure.
import {
  type Beacon,
  CELL_MS,
  CONTRACT_VERSION,
  decodeSlice,
  decodeSummary,
  type Slice,
  type Summary,
  type ViewEvent,
} from '@retour/player-sdk/contract';

/** Steps of a view, of one slice each; a last beacon closes the last slice. */
export const STEPS = 30;

export type TruthTable = 'slices' | 'events' | 'views';

/** One revision of one row, with the measures that the table must show for it. */
export interface TruthRow {
  readonly table: TruthTable;
  readonly view: string;
  /** k, seq, or 0 for the view itself. */
  readonly number: number;
  readonly rev: number;
  readonly measures: readonly number[];
}

/** The columns of `measures`, by table. */
export const MEASURES: Readonly<Record<TruthTable, readonly string[]>> = {
  slices: ['duration_ms', 'playing_ms', 'stalled_ms', 'bits', 'bytes', 'stalls'],
  events: ['at', 'duration_ms'],
  views: ['slices', 'events', 'playing_ms', 'bits'],
};

export interface AudienceView {
  readonly id: string;
  /** Start of its first cell, epoch ms. */
  readonly start: number;
}

/** @param random 10 random bytes, for the part of a UUIDv7 that is not time. */
export function createAudienceView(now: number, random: Uint8Array): AudienceView {
  const time = now.toString(16).padStart(12, '0');
  const rest = Buffer.from(random).toString('hex');
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
  // An hour back: no cell of it lies in the future, and all of it is within the lateness horizon.
  return { id, start: Math.floor((now - 3_600_000) / CELL_MS) * CELL_MS };
}

/** What a view sends at step 0 … STEPS. Each row goes twice: while it is open, and once it is closed. */
export function toStepBeacon(view: AudienceView, step: number): Beacon {
  const isLast = step === STEPS;
  const closing = step - 1;
  return {
    v: CONTRACT_VERSION,
    sdk: { name: 'retour', version: '0.1.0' },
    view: view.id,
    ctx: {
      rev: 0,
      asset: { id: `asset-${draw(view.id, 0, 7)}`, title: 'A film', streamType: 'vod' },
      player: { name: 'hls.js', version: '1.7.4', adapter: 'hlsjs' },
      privacy: 'none',
      weight: 1,
    },
    slices: [
      ...(closing >= 0 ? [toSlice(view, closing, 1)] : []),
      ...(isLast ? [] : [toSlice(view, step, 0)]),
    ],
    events: [
      ...(closing >= 0 ? [toEvent(view, closing, 1)] : []),
      ...(isLast ? [] : [toEvent(view, step, 0)]),
    ],
    summary: toSummary(view, step),
  };
}

/** The rows that a beacon must become. */
export function toTruthRows({ view, slices, events, summary }: Beacon): TruthRow[] {
  const rows: TruthRow[] = slices.map((slice) => ({
    table: 'slices',
    view,
    number: slice.k,
    rev: slice.rev,
    measures: [
      slice.durationMs,
      slice.playingMs,
      slice.stalledMs,
      slice.bits,
      slice.bytes,
      slice.stalls,
    ],
  }));
  for (const event of events) {
    const durationMs = event.type === 'stall' ? (event.durationMs ?? 0) : 0;
    const measures = [event.at, durationMs];
    rows.push({ table: 'events', view, number: event.seq, rev: event.rev, measures });
  }
  if (summary !== undefined) {
    const { rev, slices: made, events: told, playingMs, bits } = summary;
    rows.push({ table: 'views', view, number: 0, rev, measures: [made, told, playingMs, bits] });
  }
  return rows;
}

function toSlice({ id, start }: AudienceView, k: number, rev: number): Slice {
  const durationMs = rev === 0 ? CELL_MS / 2 : CELL_MS;
  const stalledMs = draw(id, k, 1_000);
  const playingMs = durationMs - stalledMs;
  return {
    ...decodeSlice([]),
    k,
    rev,
    start: start + k * CELL_MS,
    open: rev === 0 ? 1 : 0,
    durationMs,
    playingMs,
    stalledMs,
    mediaMs: playingMs,
    bits: playingMs * (1_000 + draw(id, k, 4_000)),
    bytes: playingMs * 500,
    stalls: 1,
    endState: 1,
  };
}

function toEvent({ id, start }: AudienceView, seq: number, rev: number): ViewEvent {
  const at = start + seq * CELL_MS + draw(id, seq, 1_000);
  const ended = rev === 0 ? {} : { durationMs: draw(id, seq, 1_000) };
  return { type: 'stall', seq, rev, at, ctx: 0, ...ended };
}

function toSummary({ id, start }: AudienceView, rev: number): Summary {
  const playingMs = rev * 9_000 + draw(id, rev, 1_000);
  return {
    ...decodeSummary([]),
    rev,
    start,
    last: start + rev * CELL_MS,
    slices: rev + 1,
    events: rev + 1,
    playingMs,
    mediaMs: playingMs,
    bits: playingMs * 2_500,
    attempts: 1,
    endState: 1,
  };
}

/** A number below `bound`, the same for the same view and step (FNV-1a). */
function draw(view: string, step: number, bound: number): number {
  let hash = 0x811c9dc5;
  for (const letter of `${view}/${step}`)
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % bound;
}
