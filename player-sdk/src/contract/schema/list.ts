// The checks of the lists inside positional rows: tuples of integers and histograms.
import { LAST_BUCKET } from '../histogram.ts';
import { type Fault, fault } from './issue.ts';
import type { CheckList } from './row.ts';

export interface TupleRule {
  /** Most tuples in the list. */
  readonly most: number;
  /** Integers in each tuple, exactly: the width of a tuple never changes. */
  readonly width: number;
  /** The first two are from and to, in ms: to is not before from. */
  readonly interval?: boolean;
}

export function createTupleCheck({ most, width, interval = false }: TupleRule): CheckList {
  return (list) => {
    if (list.length > most) return fault('too_long', `${list.length} of ${most} entries`);
    for (const tuple of list) {
      if (!Array.isArray(tuple) || tuple.length !== width)
        return fault('shape', `an entry is a list of ${width} integers`);
      if (!tuple.every(isWhole))
        return fault('range', 'an entry holds integers from 0 to 2^53 − 1');
      const [from = 0, to = 0] = tuple;
      if (interval && to < from) return fault('backwards', 'an interval ends before it begins');
    }
    return undefined;
  };
}

/** Bucket, count, bucket, count …: ascending buckets that exist, counts from 1. */
export const checkHistogram: CheckList = (list) => {
  if (list.length % 2 !== 0) return fault('shape', 'a histogram is pairs of bucket and count');
  let last = -1;
  for (let i = 0; i < list.length; i += 2) {
    const bucket = list[i];
    const count = list[i + 1];
    if (!isWhole(bucket) || bucket > LAST_BUCKET || !isWhole(count) || count === 0)
      return fault('range', `a bucket is 0 … ${LAST_BUCKET}, its count is from 1`);
    if (bucket <= last) return fault('backwards', 'the buckets do not ascend');
    last = bucket;
  }
  return undefined;
};

/** Rows inside of a row. */
export function createRowListCheck(
  most: number,
  checkRow: (cells: unknown) => Fault | undefined,
): CheckList {
  return (list) => {
    if (list.length > most) return fault('too_long', `${list.length} of ${most} entries`);
    for (const row of list) {
      const found = checkRow(row);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
