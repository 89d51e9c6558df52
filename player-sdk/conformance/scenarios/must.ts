// What the truth of a scenario must hold for its name to be deserved: without it an SDK would be praised for
// having seen nothing where nothing was.
import { METRICS, type Metric, type Truth, type Value } from '../metrics.ts';

/** Of one view: 0 is none, another number at least so many, as a busy machine adds stalls of its own. */
export type Must = Readonly<Partial<Record<Metric, number | Bounds>>>;

interface Bounds {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** What a scenario is named for did not happen: nothing of it can be held against anyone. */
export class NotPlayed extends Error {}

/** @throws NotPlayed, which says what happened instead. */
export function checkHappened(truth: Truth, must: Must): void {
  const missing = Object.entries(must).flatMap(([name, wanted]) => {
    const metric = name as Metric; // The keys of a Must.
    const value = truth[metric]?.value;
    const bounds = toBounds(wanted);
    if (isWithin(value, bounds)) return [];
    return `${METRICS[metric].title} ${toText(bounds)}, but came ${toValue(value)}`;
  });
  if (missing.length > 0)
    throw new NotPlayed(`The script did not happen: expected ${missing.join('; ')}.`);
}

function toBounds(wanted: number | Bounds): Bounds {
  if (typeof wanted === 'object') return wanted;
  return wanted === 0 ? { atMost: 0 } : { atLeast: wanted };
}

function isWithin(value: Value | undefined, { atLeast = -Infinity, atMost = Infinity }: Bounds) {
  return typeof value === 'number' && value >= atLeast && value <= atMost;
}

function toText({ atLeast, atMost }: Bounds): string {
  const least = atLeast === undefined ? [] : `≥ ${atLeast}`;
  const most = atMost === undefined ? [] : `≤ ${atMost}`;
  return [least, most].flat().join(' and ');
}

function toValue(value: Value | undefined): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'number' ? String(Math.round(value)) : value;
}
