// The sizes of what browsers load: nothing grows unseen. `npm run size -w @retour/player-sdk` prints them;
// with `-- --update` it writes what is reached into size-budget.json, which the growing change commits.
import { describe, expect, it } from 'vitest';
import { compareSizes, measureSizes, readBudget } from '../build/size.mjs';

describe('the size budget', () => {
  it('is kept by every entry', async () => {
    const { lines, tooBig } = compareSizes(await measureSizes(), readBudget());
    console.log(lines.join('\n'));
    expect(tooBig).toEqual([]);
  }, 60_000);

  it('forgives 2 %, and no more', () => {
    const budget = { goals: { core: 90 }, reached: { core: { gzip: 100, brotli: 100 } } };
    const check = (brotli: number) =>
      compareSizes({ core: { gzip: 100, brotli } }, budget).tooBig.length;
    expect([check(90), check(102), check(103)]).toEqual([0, 0, 1]);
  });

  it('lets no entry back beyond a goal that it had reached', () => {
    const budget = { goals: { core: 101 }, reached: { core: { gzip: 100, brotli: 100 } } };
    const check = (gzip: number) => compareSizes({ core: { gzip, brotli: 100 } }, budget).tooBig;
    expect([check(101), check(102)].map(({ length }) => length)).toEqual([0, 1]);
  });

  it('refuses an entry that it does not know', () => {
    const { tooBig } = compareSizes({ fresh: { gzip: 1, brotli: 1 } }, { goals: {}, reached: {} });
    expect(tooBig).toHaveLength(1);
  });
});
