// Answers a question: plan, statements, rows, figures, frames. The order of the query room.
import type { z } from 'zod';
import type { queryResponseSchema } from '../api/messages.ts';
import { figureOf } from '../metrics/figure.ts';
import { isSettled } from '../metrics/metric.ts';
import { type FrameLine, groupFields, TIME_FIELD, toFrame } from './frames.ts';
import { labelsOf } from './labels.ts';
import { type OpenViews, openMs, openSpan, toOpenViews } from './openViews.ts';
import type { Parsed } from './parse.ts';
import { type PartRow, toPartRows } from './partRows.ts';
import { planQuestion } from './plan.ts';
import type { Question } from './question.ts';
import type { Reader } from './reader.ts';
import { toSeries } from './series.ts';
import { columnsOf, toOpenStatement, toPartsStatement } from './sql.ts';

export type QueryResponse = z.infer<typeof queryResponseSchema>;

/** No slice at all: every metric reads as its `empty`. */
const NO_ROW: PartRow = { bucket: 0, group: '', live: new Map(), settled: new Map() };

export interface RunOptions {
  readonly reader: Reader;
  readonly now: number;
  /** The property's heartbeat: how late an honest report may be. */
  readonly heartbeatMs: number;
  /** Concurrency in a table without time: its peak, or (for live screens) as it is now. */
  readonly concurrency?: 'peak' | 'now';
}

export async function runQuestion(
  question: Question,
  options: RunOptions,
): Promise<Parsed<QueryResponse>> {
  const planned = planQuestion(question, options.now);
  if (!planned.ok) return planned;
  const open = await readOpenViews(question, options);
  const completeUntil = Math.min(open.completeUntil, question.to);
  const groups = await namesOfGroups(question, { ...options, completeUntil });
  const rows = await readParts(question, { ...options, completeUntil, groups });
  const answer = {
    question,
    rows,
    open,
    now: options.now,
    completeUntil,
    concurrency: options.concurrency ?? 'peak',
  };
  const frames =
    question.intervalMs === null
      ? [await toTable(answer, options.reader)]
      : await toSeriesFrames(answer, groups, options.reader);
  return { ok: true, value: { frames, completeUntil, notes: notesOf(question, completeUntil) } };
}

/** The open views of a question's property and filters, per group. */
export async function readOpenViews(
  question: Pick<Question, 'property' | 'filters' | 'grouping' | 'to'>,
  { reader, now, heartbeatMs }: RunOptions,
): Promise<OpenViews> {
  // A question that ends before anyone who may still be open says nothing of now.
  if (question.to <= now - openMs(heartbeatMs)) return toOpenViews([], now);
  const { property, filters, grouping } = question;
  const span = openSpan(now, heartbeatMs);
  return toOpenViews(
    await reader.read(toOpenStatement({ property, filters, grouping, span })),
    now,
  );
}

interface ReadOptions extends RunOptions {
  readonly completeUntil: number;
  /** Only these groups; null is all. */
  readonly groups: readonly string[] | null;
}

async function readParts(question: Question, options: ReadOptions): Promise<PartRow[]> {
  const columns = columnsOf(question.metrics);
  const { grouping, filters, from, to } = question;
  const only =
    grouping === null || options.groups === null
      ? []
      : [{ dimension: grouping, values: options.groups }];
  const statement = toPartsStatement({
    ...question,
    columns,
    spans: [{ from, to }],
    filters: [...filters, ...only],
    settledUntil: options.completeUntil,
  });
  return toPartRows(await options.reader.read(statement), columns);
}

/** The largest groups of a series: without this, a series a value of any dimension would come. */
async function namesOfGroups(
  question: Question,
  options: Omit<ReadOptions, 'groups'>,
): Promise<readonly string[] | null> {
  if (question.grouping === null || question.intervalMs === null) return null;
  const ranking = { ...question, metrics: [], intervalMs: null };
  const rows = await readParts(ranking, { ...options, groups: null });
  return rows.map((row) => row.group);
}

interface Answer {
  readonly question: Question;
  readonly rows: readonly PartRow[];
  readonly open: OpenViews;
  readonly now: number;
  readonly completeUntil: number;
  readonly concurrency: 'peak' | 'now';
}

async function toTable(answer: Answer, reader: Reader): Promise<QueryResponse['frames'][number]> {
  const { question, rows } = answer;
  const { metrics, grouping } = question;
  if (grouping === null) {
    const lines = [{ lead: [], figures: toFigures(rows[0] ?? NO_ROW, answer) }];
    return toFrame('totals', [], { metrics, lines });
  }
  const names = rows.map((row) => row.group);
  const labels = await labelsOf(reader, { property: question.property, grouping, names });
  const lines = rows.map(
    (row): FrameLine => ({
      lead: [row.group, labels.get(row.group) ?? row.group],
      figures: toFigures(row, answer),
    }),
  );
  return toFrame(grouping.id, groupFields(grouping.title), { metrics, lines });
}

function toFigures(row: PartRow, answer: Answer): (number | null)[] {
  const { question, open, now, completeUntil } = answer;
  const { from, to } = question;
  return question.metrics.map((metric) => {
    if (isSettled(metric)) return figureOf(metric, row.settled, completeUntil - from);
    const figure = figureOf(metric, row.live, Math.min(to, now) - from);
    if (metric.merge.kind !== 'peak') return figure;
    const watching = open.watching.get(row.group) ?? 0;
    if (answer.concurrency === 'now') return watching;
    return to <= completeUntil ? figure : Math.max(figure ?? 0, watching);
  });
}

async function toSeriesFrames(
  answer: Answer,
  groups: readonly string[] | null,
  reader: Reader,
): Promise<QueryResponse['frames']> {
  const { question, rows, open, now, completeUntil } = answer;
  const { metrics, from, to, grouping } = question;
  const intervalMs = question.intervalMs ?? to - from;
  const labels =
    grouping === null || groups === null
      ? new Map<string, string>()
      : await labelsOf(reader, { property: question.property, grouping, names: groups });
  return (groups ?? ['']).map((group) => {
    const own = rows.filter((row) => row.group === group);
    const watchingBefore = (cell: number) => open.watchingBefore(group, cell);
    const options = { from, to, intervalMs, now, completeUntil, watchingBefore };
    const lines = toSeries(metrics, own, options);
    return toFrame(labels.get(group) ?? group, [TIME_FIELD], { metrics, lines });
  });
}

function notesOf(question: Question, completeUntil: number): string[] {
  if (completeUntil >= question.to) return [];
  return [
    `Ratios end at ${new Date(completeUntil).toISOString()}: fewer than 95 % of the open views ` +
      'have reported what is younger. Counts are live.',
  ];
}
