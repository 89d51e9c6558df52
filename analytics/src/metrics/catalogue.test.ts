import { describe, expect, it } from 'vitest';
import * as catalogue from './catalogue.ts';
import { METRICS } from './catalogue.ts';
import { DIMENSIONS } from './dimensions.ts';
import { toDocument } from './document.ts';
import { REGISTRY } from './registry.ts';

describe('catalogue', () => {
  it('has every metric and every dimension', () => {
    expect(METRICS.map(({ id }) => id)).toEqual(REGISTRY.map(({ id }) => id));
    expect(catalogue.DIMENSION_LIST.map(({ id }) => id)).toEqual(Object.keys(DIMENSIONS));
  });

  it('tells browsers no SQL, no column and no way of reckoning', () => {
    const text = JSON.stringify(catalogue);
    expect(
      /\b(SELECT|FROM|WHERE|GROUP BY|\w+If|sumMap|uniqExact|quantile\w*)\b/.exec(text),
    ).toBeNull();
    for (const { column } of Object.values(DIMENSIONS)) {
      if (column.includes('_')) expect(text).not.toContain(column);
    }
    for (const info of METRICS) {
      expect(info).not.toHaveProperty('parts');
      expect(info).not.toHaveProperty('merge');
    }
  });

  it('is what docs/metrics.md says (write it anew: vitest run -u)', async () => {
    await expect(toDocument()).toMatchFileSnapshot('../../docs/metrics.md');
  });
});
