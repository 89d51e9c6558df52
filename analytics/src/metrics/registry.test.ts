// The policies of the registry: what every metric must have, and what must never happen to one.
import { SLICE_POSITIONS } from '@retour/player-sdk/contract';
import { describe, expect, it } from 'vitest';
import { CASES } from '../../test/cases.ts';
import { ALL_DIMENSIONS } from './dimensions.ts';
import { figureOf } from './figure.ts';
import { inputsOf, type Metric, UNITS } from './metric.ts';
import { REGISTRY } from './registry.ts';

const metrics: readonly Metric[] = REGISTRY;

/** Ids that were given once and are gone: none may come back with another meaning. */
const RETIRED: readonly string[] = [];

/** Every id ever given, in order. A new metric is added at the end; no line ever goes. */
const EVER_GIVEN = [
  'concurrentViews',
  'attemptsPerMinute',
  'startsPerMinute',
  'startupP50',
  'startupP95',
  'contentStartupP50',
  'contentStartupP95',
  'rebufferingRatio',
  'rebufferingFrequency',
  'exitsBeforeStart',
  'startFailures',
  'playFailures',
  'averageBitrate',
  'playingTime',
  'droppedFrames',
  'liveLatency',
];

describe('REGISTRY', () => {
  it('gives each id once and for ever', () => {
    const ids = metrics.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids, ...RETIRED].sort()).toEqual([...EVER_GIVEN].sort());
  });

  it.each(metrics)('$id has a file of its name that exports it', async (metric) => {
    expect(await import(`../metrics/${metric.id}.ts`)).toHaveProperty(metric.id, metric);
  });

  it.each(metrics)('$id says what it is, in sentences', (metric) => {
    expect(metric.title).toMatch(/^[A-Z][^.]{3,40}$/);
    expect(metric.question).toMatch(/^[A-Z].{20,}\?$/);
    expect(metric.definition).toMatch(/^[A-Z].{60,}\.$/s);
    expect(metric.spec.length).toBeGreaterThan(10);
    expect(metric.empty.because).toMatch(/\.$/);
    expect(UNITS).toContain(metric.unit);
    expect(metric.dimensions.length).toBeGreaterThan(0);
    for (const dimension of metric.dimensions) expect(ALL_DIMENSIONS).toContain(dimension);
  });

  it.each(metrics)('$id reads only fields of the contract that may be summed', (metric) => {
    const summable = SLICE_POSITIONS.filter(([, kind]) =>
      ['ms', 'bits', 'bytes', 'count'].includes(kind),
    ).map(([name]) => name);
    expect(inputsOf(metric).length).toBeGreaterThan(0);
    for (const input of inputsOf(metric)) expect(summable).toContain(input);
  });

  it.each(metrics)('$id merges parts that it has, and uses all of them', (metric) => {
    const { merge } = metric;
    const used = merge.kind === 'ratio' ? [merge.of, merge.over] : [merge.of];
    expect(used.sort()).toEqual(Object.keys(metric.parts).sort());
    const { parts } = metric;
    for (const name of used) {
      const part = parts[name] ?? {};
      if (merge.kind === 'quantile') expect(part).toHaveProperty('values');
      else if (merge.kind === 'peak') expect(part).toHaveProperty('watching');
      else expect(part).toHaveProperty('sum');
    }
  });

  it.each(metrics)('$id reads as its `empty` where there is nothing', (metric) => {
    expect(figureOf(metric, new Map(), 60_000)).toBe(metric.empty.value);
  });

  it.each(metrics)('$id has worked cases, with nothing and with something', (metric) => {
    const own = CASES.filter((one) => one.metric === metric.id);
    expect(own.some(({ views }) => views.length === 0)).toBe(true);
    expect(own.some(({ views }) => views.length > 0)).toBe(true);
  });

  it.each(metrics.filter(({ unit }) => unit === 'percent'))(
    '$id is a ratio of 0 to 100',
    (metric) => {
      expect(metric.merge).toMatchObject({ kind: 'ratio', scale: 100 });
    },
  );
});
