import { describe, expect, it } from 'vitest';
import { createClock } from './clock.ts';

const T0 = 1_783_166_400_000;

/** A device whose two clocks the test moves. */
function setUp() {
  const device = { mono: 500, wall: T0 };
  const clock = createClock({ now: () => device.mono, wall: () => device.wall });
  const pass = (ms: number): void => {
    device.mono += ms;
    device.wall += ms;
  };
  return { clock, device, pass };
}

describe('createClock', () => {
  it('is the device until an answer tells the time, then the server', () => {
    const { clock, pass } = setUp();
    expect([clock.time(), clock.source()]).toEqual([T0, 'device']);
    pass(1_000);
    expect(clock.learn(T0 + 61_000, 100)).toEqual({ errorMs: 60_050, first: true });
    expect([clock.time(), clock.source()]).toEqual([T0 + 61_050, 'server']);
    expect(clock.time(500)).toBe(T0 + 60_050);
  });

  it('keeps the best answer, unless a later one contradicts it', () => {
    const { clock } = setUp();
    clock.learn(T0 + 60_000, 100);
    expect(clock.learn(T0 + 60_100, 400)).toBeUndefined();
    expect(clock.learn(T0 + 60_030, 20)).toEqual({ errorMs: -10, first: false });
    expect(clock.learn(T0 + 60_400, 100)).toBeUndefined();
    expect(clock.learn(T0 + 61_000, 100)).toEqual({ errorMs: 1_010, first: false });
  });

  it('sees a sleep, counts it and asks again', () => {
    const { clock, device, pass } = setUp();
    clock.learn(T0, 0);
    pass(10_000);
    expect(clock.check()).toBeUndefined();
    device.wall += 3_600_000;
    expect(clock.check()).toEqual({ gapMs: 3_600_000 });
    expect(clock.check()).toBeUndefined();
    expect([clock.time(), clock.source()]).toEqual([T0 + 3_610_000, 'device']);
    pass(900);
    expect(clock.learn(T0 + 3_610_900, 900)).toEqual({ errorMs: 450, first: true });
  });

  it('learns nothing from an answer that a sleep held up', () => {
    const { clock, device, pass } = setUp();
    clock.learn(T0, 10);
    device.wall += 3_600_000;
    expect(clock.learn(T0, 5)).toBeUndefined(); // Came before anybody saw the sleep.
    expect(clock.check()).toEqual({ gapMs: 3_600_000 });
    pass(100);
    expect(clock.learn(T0 + 100, 200)).toBeUndefined(); // Asked before it was seen.
    expect([clock.time(), clock.source()]).toEqual([T0 + 3_600_105, 'device']);
    expect(clock.learn(T0 + 3_600_100, 50)).toEqual({ errorMs: 20, first: true });
  });

  it('does not follow a wall clock that goes back', () => {
    const { clock, device } = setUp();
    device.wall -= 86_400_000;
    expect(clock.check()).toEqual({ gapMs: 0 });
    expect([clock.time(), clock.source()]).toEqual([T0, 'device']);
  });

  it('takes no drift for a discontinuity', () => {
    const { clock, device, pass } = setUp();
    for (let minute = 0; minute < 600; minute += 1) {
      pass(60_000);
      device.wall += 100;
      expect(clock.check()).toBeUndefined();
    }
  });
});
