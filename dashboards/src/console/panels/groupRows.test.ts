import type { DataFrame } from '@grafana/data';
import { describe, expect, it } from 'vitest';
import { toGroupRows } from './groupRows.ts';

const FIELDS: [string, (string | number | null)[]][] = [
  ['value', ['a', 'b', 'c']],
  ['label', ['Zebra', 'Ape', 'Mole']],
  ['concurrentViews', [5, 9, 7]],
  ['rebufferingRatio', [null, 0.2, 4]],
];
const FRAME = {
  length: 3,
  fields: FIELDS.map(([name, values]) => ({ name, values })),
} as unknown as DataFrame; // Only what is read.

const order = (column: string, descending: boolean): string =>
  toGroupRows(FRAME, ['concurrentViews', 'rebufferingRatio'], { column, descending })
    .map((row) => row.value)
    .join('');

describe('toGroupRows', () => {
  it('orders by a metric or by what people call the groups', () => {
    expect(order('concurrentViews', true)).toBe('bca');
    expect(order('concurrentViews', false)).toBe('acb');
    expect(order('name', false)).toBe('bca');
  });
  it('puts groups without a figure last, both ways', () => {
    expect(order('rebufferingRatio', true)).toBe('cba');
    expect(order('rebufferingRatio', false)).toBe('bca');
  });
  it('keeps the order of the API where the column is unknown', () => {
    expect(order('nothing', true)).toBe('abc');
  });
  it('carries label and figures with each value', () => {
    const [row] = toGroupRows(FRAME, ['rebufferingRatio'], {
      column: 'concurrentViews',
      descending: true,
    });
    expect(row).toEqual({
      value: 'b',
      label: 'Ape',
      figures: { rebufferingRatio: 0.2, concurrentViews: 9 },
    });
  });
});
