import { beforeAll, describe, expect, it } from 'vitest';
import type { Figures } from './bench.ts';
import { measureHarm } from './harm.ts';

const TIMEOUT_MS = 120_000;

describe('measureHarm', () => {
  let figures: Figures;
  const lines: string[] = [];
  beforeAll(async () => {
    figures = await measureHarm({ say: (line) => lines.push(line), rounds: 1 });
  }, TIMEOUT_MS);

  it('plays on, whatever the collector and the page do to the SDK', () => {
    expect(figures['leastPlayedRatio']).toBeGreaterThan(0.8);
  });

  it('has met every fault', () => {
    const met = lines.find((line) => line.startsWith('requests that met each fault')) ?? '';
    const faults = met.slice(met.indexOf(':') + 1).split(', ');
    expect(faults.map((fault) => fault.trim().replace(/ \d+$/, '')).sort()).toEqual([
      'closes the connection',
      'fails',
      'garbage',
      'hangs',
      'none',
      'redirects',
      'slow loris',
      'two megabytes',
    ]);
  });

  it('has no task of over 50 ms', () => {
    expect(figures['longestTaskMs']).toBeLessThan(50);
  });

  it('leaves no listener and a flat heap behind, 200 times over', () => {
    expect(figures['listenersLeft']).toBeLessThanOrEqual(0);
    expect(figures['heapGrowthBytes']).toBeLessThan(200 * 1024);
  });
});
