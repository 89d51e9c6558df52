import { describe, expect, it } from 'vitest';
import { createCells, WINDOW_MS } from './cells.ts';

const T = 1_800_000_000_000;
const row = (bucket: number, n: number) => {
  const parts = new Map([['sum(attempts)', n]]);
  return { bucket, group: '', live: parts, settled: parts };
};

describe('createCells', () => {
  it('reads everything first, then the newest minute and another one in turn', () => {
    const cells = createCells();
    const first = cells.spansToRead(T);
    expect(first).toEqual([{ from: T - WINDOW_MS, to: T + 40_000 }]);
    cells.put(first, [], T);
    const seen = new Set<number>();
    for (let i = 0; i < 14; i += 1) {
      const [old, newest] = cells.spansToRead(T);
      expect(newest).toEqual({ from: T - 60_000, to: T + 40_000 });
      for (let cell = old?.from ?? 0; cell < (old?.to ?? 0); cell += 10_000) seen.add(cell);
    }
    // Within 14 readings every older cell was read again.
    expect(seen.size).toBe((WINDOW_MS - 60_000) / 10_000);
    expect(Math.min(...seen)).toBe(T - WINDOW_MS);
  });

  it('reads everything again after a pause', () => {
    const cells = createCells();
    cells.put(cells.spansToRead(T), [], T);
    expect(cells.spansToRead(T + 30_000)).toHaveLength(2);
    expect(cells.spansToRead(T + 80_000)).toHaveLength(1);
  });

  it('replaces what was read, forgets what is old, and a cell that emptied', () => {
    const cells = createCells();
    const old = T - WINDOW_MS;
    cells.put(cells.spansToRead(T), [row(old, 1), row(T - 20_000, 2), row(T - 10_000, 3)], T);
    expect(cells.between(old, T).get('sum(attempts)')).toBe(6);
    const later = T + 10_000;
    cells.put([{ from: T - 50_000, to: T + 50_000 }], [row(T - 20_000, 5)], later);
    expect([...cells.byCell.keys()]).toEqual([T - 20_000]);
    expect(cells.between(T - 60_000, T).get('sum(attempts)')).toBe(5);
  });
});
