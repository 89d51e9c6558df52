import { describe, expect, it } from 'vitest';
import { metricsOf, TABLE_METRICS, TILES } from '../pages/liveMetrics.ts';
import { metricOf, standingOf } from './catalogue.ts';

const LOWER = { better: 'lower', thresholds: { warn: 0.4, bad: 1 } } as const;
const HIGHER = { better: 'higher', thresholds: { warn: 90, bad: 50 } } as const;

describe('standingOf', () => {
  it.each([
    [LOWER, 0.39, 'good'],
    [LOWER, 0.4, 'warn'],
    [LOWER, 1, 'bad'],
    [HIGHER, 91, 'good'],
    [HIGHER, 90, 'warn'],
    [HIGHER, 12, 'bad'],
    [LOWER, null, 'unrated'],
    [{ better: 'lower' } as const, 99, 'unrated'],
  ] as const)('%j at %s', (metric, value, standing) => {
    expect(standingOf(metric, value)).toBe(standing);
  });
});

describe('metricOf', () => {
  it('knows every metric that the live page shows', () => {
    expect(metricsOf(TABLE_METRICS)).toHaveLength(TABLE_METRICS.length);
    for (const tile of TILES) {
      expect(metricOf(tile.id), tile.id).toBeDefined();
      if ('beside' in tile) expect(metricOf(tile.beside.id), tile.beside.id).toBeDefined();
    }
  });
});
