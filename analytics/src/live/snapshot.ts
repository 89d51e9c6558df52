// The snapshot: every live figure of one property (and one set of filters) at one moment. All panels
// of all its screens are fed from it.
import { figureOf, partsOf } from '../metrics/figure.ts';
import { isSettled, type Metric } from '../metrics/metric.ts';
import { REGISTRY } from '../metrics/registry.ts';
import { type Frame, TIME_FIELD, toFrame } from '../query/frames.ts';
import type { OpenViews } from '../query/openViews.ts';
import { toPartRows } from '../query/partRows.ts';
import { type Filter, floorToGrid, GRID_MS } from '../query/question.ts';
import type { Reader } from '../query/reader.ts';
import { readOpenViews } from '../query/run.ts';
import { toSeries } from '../query/series.ts';
import { type PartColumn, toPartsStatement } from '../query/sql.ts';
import { type Cells, createCells, WINDOW_MS } from './cells.ts';

const METRICS: readonly Metric[] = REGISTRY;

/** The time that a total speaks of. */
const TOTAL_MS = 60_000;

/** Cells are kept whole: what is settled is decided when they are joined. */
const COLUMNS: readonly PartColumn[] = [...partsOf(METRICS)].map(([key, part]) => ({
  key,
  part,
  settled: false,
}));

export interface Snapshot {
  /** When the reading began, epoch ms. */
  readonly readAt: number;
  readonly completeUntil: number;
  readonly openViews: number;
  readonly totals: Readonly<Record<string, number | null>>;
  readonly series: Frame;
}

export interface SnapshotOptions {
  readonly reader: Reader;
  readonly property: string;
  readonly filters: readonly Filter[];
  readonly heartbeatMs: number;
  now(): number;
}

/** A reader of snapshots that remembers the cells between two readings. */
export function createSnapshots(options: SnapshotOptions): () => Promise<Snapshot> {
  const cells = createCells();
  return async () => {
    const now = options.now();
    const spans = cells.spansToRead(now);
    const open = await readOpenViews({ ...options, grouping: null, to: now }, { ...options, now });
    const statement = toPartsStatement({
      ...options,
      columns: COLUMNS,
      spans,
      grouping: null,
      intervalMs: GRID_MS,
      limit: 1,
      settledUntil: 0,
    });
    cells.put(spans, toPartRows(await options.reader.read(statement), COLUMNS), now);
    return toSnapshot(cells, open, now);
  };
}

function toSnapshot(cells: Cells, open: OpenViews, now: number): Snapshot {
  const { completeUntil } = open;
  const rows = [...cells.byCell].map(([bucket, parts]) => ({
    bucket,
    live: parts,
    settled: parts,
  }));
  const lines = toSeries(METRICS, rows, {
    from: floorToGrid(now) - WINDOW_MS + GRID_MS,
    to: now + GRID_MS,
    intervalMs: GRID_MS,
    now,
    completeUntil,
    watchingBefore: (cell) => open.watchingBefore('', cell),
  });
  return {
    readAt: now,
    completeUntil,
    openViews: open.count,
    totals: toTotals(cells, open, now),
    series: toFrame('live', [TIME_FIELD], { metrics: METRICS, lines }),
  };
}

function toTotals(cells: Cells, open: OpenViews, now: number): Record<string, number | null> {
  const from = floorToGrid(now) - TOTAL_MS;
  const live = cells.between(from, floorToGrid(now) + GRID_MS);
  const settled = cells.between(open.completeUntil - TOTAL_MS, open.completeUntil);
  return Object.fromEntries(
    METRICS.map((metric) => {
      if (metric.merge.kind === 'peak') return [metric.id, open.watching.get('') ?? 0];
      return isSettled(metric)
        ? [metric.id, figureOf(metric, settled, TOTAL_MS)]
        : [metric.id, figureOf(metric, live, now - from)];
    }),
  );
}
