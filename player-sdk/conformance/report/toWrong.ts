// What is wrong with a cell, in words: one entry each. Pure.
import { METRICS, type Value } from '../metrics.ts';
import type { Cell } from '../runCell.ts';

export function toWrong(cell: Cell): string[] {
  const outside = cell.views.flatMap(({ compared }) =>
    compared
      .filter(({ verdict }) => verdict === 'outside')
      .map(({ metric, truth, measured }) => {
        return `${METRICS[metric].title} ${showValue(truth)} → ${showValue(measured)}`;
      }),
  );
  return [...toFaults(cell), ...outside];
}

/** All but its figures. */
export function toFaults({ failed, errors, vague }: Cell): string[] {
  const played = failed === undefined ? [] : [`not played: ${failed}`];
  return [...played, ...errors, ...(vague === undefined ? [] : [vague])];
}

export function showValue(value: Value | undefined): string {
  if (value === undefined) return 'not told';
  return typeof value === 'string' ? value : Math.round(value).toLocaleString('en');
}
