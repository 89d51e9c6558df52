import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Figures } from './bench.ts';
import { measureLeftovers } from './harm/measureLeftovers.ts';
import { timeOnce } from './harm/measureTasks.ts';
import { ARMS, openStage, type Plant, type Stage } from './harm/stage.ts';
import { measureHarm } from './harm.ts';

const TIMEOUT_MS = 360_000;

describe('measureHarm', () => {
  let figures: Figures;
  const lines: string[] = [];
  beforeAll(async () => {
    figures = await measureHarm({
      say: (line) => lines.push(line),
      rounds: 1,
      timed: ['none', 'two megabytes', 'host throws'],
    });
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

  it('has no task of over 50 ms, heartbeats included', () => {
    expect(figures['leastHeartbeats']).toBeGreaterThanOrEqual(1);
    expect(figures['longestTaskMs']).toBeGreaterThan(0);
    expect(figures['longestTaskMs']).toBeLessThanOrEqual(50);
  });

  it('leaves no listener, no timer and a flat heap behind, idle or playing', () => {
    expect(figures).toMatchObject({ playerListenersLeft: 0, timersLeft: 0 });
    expect(figures['listenersLeft']).toBeLessThanOrEqual(0);
    expect(figures['heapGrowthBytes']).toBeLessThan(200 * 1024);
  });
});

describe('what is planted in the SDK', () => {
  const arm = ARMS.find(({ name }) => name === 'none');
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  it.each<[Plant, number]>([
    ['attach', 1_000],
    ['listener', 1_000],
    ['timer', 1_000],
    ['promise', 1_000],
    ['destroy', 1_000],
    ['heartbeat', 7_000],
  ])('shows as a long task: %s', async (plant, playMs) => {
    if (arm === undefined) throw new Error('There is no arm without a fault.');
    const { longestMs } = await timeOnce(stage, { arm, plant, playMs });
    expect(longestMs).toBeGreaterThanOrEqual(99); // The page's clock is that coarse.
  });

  it('shows as listeners and timers left', async () => {
    const attaches = { idle: 5, playing: 5 };
    const left = await measureLeftovers(stage, { say: () => undefined, attaches, plant: 'leak' });
    expect(left.listenersLeft).toBeGreaterThanOrEqual(5);
    expect(left).toMatchObject({ playerListenersLeft: 5, timersLeft: 5 });
  });
});
