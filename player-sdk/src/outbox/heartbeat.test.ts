import { describe, expect, it } from 'vitest';
import { createFakeTimers } from '../../test/fakeTimers.ts';
import { startHeartbeat } from './heartbeat.ts';

describe('startHeartbeat', () => {
  it('beats with jitter, follows the settings and stops', () => {
    const timers = createFakeTimers();
    const beats: number[] = [];
    let everyMs = 10_000;
    let random = 0;
    const heartbeat = startHeartbeat({
      timers,
      random: () => random,
      everyMs: () => everyMs,
      onBeat: () => beats.push(timers.now()),
    });
    random = 1;
    timers.advance(10_000);
    everyMs = 20_000;
    timers.advance(11_000);
    timers.advance(22_000);
    expect(beats).toEqual([10_000, 21_000, 43_000]);
    heartbeat.stop();
    timers.advance(100_000);
    expect(beats).toHaveLength(3);
    expect(timers.size()).toBe(0);
  });

  it('waits a whole period after another sign of life', () => {
    const timers = createFakeTimers();
    const beats: number[] = [];
    const heartbeat = startHeartbeat({
      timers,
      random: () => 0,
      everyMs: () => 10_000,
      onBeat: () => beats.push(timers.now()),
    });
    timers.advance(8_000);
    heartbeat.restart();
    timers.advance(20_000);
    expect(beats).toEqual([18_000, 28_000]);
    heartbeat.stop();
    expect(timers.size()).toBe(0);
  });

  it('goes on when a beat throws', () => {
    const timers = createFakeTimers();
    const onBeat = () => {
      throw new Error('beat');
    };
    const heartbeat = startHeartbeat({ timers, random: () => 0, everyMs: () => 1_000, onBeat });
    expect(() => timers.advance(1_000)).toThrow('beat');
    expect(timers.size()).toBe(1);
    heartbeat.stop();
  });
});
