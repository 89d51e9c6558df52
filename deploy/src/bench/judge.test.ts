import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';

describe('judge', () => {
  it.each([
    ['at the upper limit', 20, { atMost: 20 }, []],
    ['above it', 20.1, { atMost: 20 }, ['missed: ms is 20.1, at most 20 is wanted']],
    ['at the lower limit', 0.99, { atLeast: 0.99 }, []],
    ['below it', 0.98, { atLeast: 0.99 }, ['missed: ms is 0.98, at least 0.99 is wanted']],
    ['outside of both', 3, { atLeast: 1, atMost: 2 }, [expect.stringContaining('missed: ms is 3')]],
    ['without bounds', Infinity, { atMost: 20 }, [expect.stringContaining('Infinity')]],
    ['no number', Number.NaN, { atMost: 20 }, [expect.stringContaining('NaN')]],
  ])('a figure that is %s', (_, ms, bounds, missed) => {
    expect(judge({ ms }, [{ figure: 'ms', ...bounds }])).toEqual(missed);
  });

  it('takes a figure that is not there for missed', () => {
    expect(judge({}, [{ figure: 'ms', atMost: 20 }])).toHaveLength(1);
  });
});
