// The table under the live charts: every metric for the groups of one dimension, last 5 minutes.
import { REGISTRY } from '../metrics/registry.ts';
import type { Frame } from '../query/frames.ts';
import { ceilToGrid, floorToGrid, type Grouping } from '../query/question.ts';
import { runQuestion } from '../query/run.ts';
import type { SnapshotOptions } from './snapshot.ts';

const TABLE_MS = 5 * 60_000;

/** Groups shown; the most watched first. */
const TABLE_GROUPS = 50;

export interface TableOptions extends SnapshotOptions {
  readonly grouping: Grouping;
}

export async function readTable(options: TableOptions): Promise<Frame> {
  const now = options.now();
  const { property, filters, grouping } = options;
  const question = {
    property,
    filters,
    grouping,
    metrics: REGISTRY,
    from: floorToGrid(now - TABLE_MS),
    to: ceilToGrid(now + 1),
    intervalMs: null,
    limit: TABLE_GROUPS,
  };
  const answer = await runQuestion(question, { ...options, now, concurrency: 'now' });
  const [frame] = answer.ok ? answer.value.frames : [];
  if (frame === undefined) throw new Error('the live table is always within the tail');
  return frame;
}
