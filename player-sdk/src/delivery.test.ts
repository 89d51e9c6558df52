// The clock rule end to end (invariant 4): answers are lost, clocks step, devices sleep, pages close.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  simulateDelivery as run,
  type Scenario,
  type Step,
  TRUE_START,
} from '../test/simulateDelivery.ts';
import type { Stored } from '../test/simulatedCollector.ts';
import { type Fate, RTT_MS } from '../test/simulatedNetwork.ts';
import { LIMITS } from './contract/limits.ts';
import { CELL_MS } from './contract/slice.ts';

const ms = (most: number) => fc.integer({ min: 1, max: most });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('play' as const), ms: ms(25_000) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'urgent' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'settings' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('stepClock' as const),
      ms: fc.integer({ min: -400_000, max: 400_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sleep' as const), ms: ms(7_200_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('hide' as const),
      taken: fc.boolean(),
      arrives: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'return' as const }) },
);
const fate = fc.constantFrom<Fate>(
  'answered',
  'answered',
  'answered',
  'answerLost',
  'requestLost',
  'busy',
  'failing',
  'failingAfter',
);
const scenario: fc.Arbitrary<Scenario> = fc.record({
  deviceErrorMs: fc.oneof(
    fc.integer({ min: -30_000, max: 30_000 }),
    fc.integer({ min: -300_000, max: 300_000 }),
  ),
  fates: fc.array(fate, { maxLength: 12 }),
  steps: fc.array(step, { maxLength: 14 }),
});

function startsOf(rows: ReadonlyMap<string, Stored>): [string, number][] {
  return [...rows]
    .filter(([, stored]) => stored.starts.size > 1)
    .map(([key, stored]) => [key, stored.starts.size]);
}

describe('the clock rule', () => {
  it('doubles nothing, whatever happens to answers, clocks and pages', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const { collector, heal } = run(given);
        heal();
        expect(collector.issues).toEqual([]);
        expect(startsOf(collector.rows)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('lets nothing vanish: all is stored once the network heals, and nothing is counted as lost', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const { collector, meter, heal, outbox } = run(given);
        heal();
        expect(outbox.losses).toEqual({});
        expect(outbox.size()).toBe(0);
        for (let k = 0; k < meter.made(); k += 1) {
          expect([k, collector.rows.has(`s${k}`), collector.rows.has(`e${k}`)]).toEqual([
            k,
            true,
            true,
          ]);
        }
        expect(collector.rows.has('view')).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    -7_200_000, -300_000, -31_000, -29_000, -12_000, 0, 12_000, 29_000, 31_000, 300_000, 7_200_000,
  ])(
    'puts rows where they belong when every answer is read and the device is off by %i ms',
    (deviceErrorMs) => {
      const { collector, timers, trueTime, heal } = run({
        deviceErrorMs,
        fates: [],
        steps: [{ do: 'urgent' }, { do: 'play', ms: 35_000 }],
      });
      expect(timers.now()).toBe(35_000);
      const starts = [...collector.rows.values()].flatMap((stored) => [...stored.starts]);
      // A clock that is off by less than the collector bears was believed once.
      const toleranceMs =
        Math.abs(deviceErrorMs) < LIMITS.clockSkewMs ? LIMITS.clockSkewMs : CELL_MS / 2 + RTT_MS;
      expect(Math.min(...starts)).toBeGreaterThanOrEqual(TRUE_START - toleranceMs);
      expect(Math.max(...starts)).toBeLessThanOrEqual(trueTime() + toleranceMs);
      heal();
      expect(startsOf(collector.rows)).toEqual([]);
    },
  );

  it.each([-300_000, 300_000])(
    'keeps a view whose page closes within 3 s on a device that is off by %i ms',
    (deviceErrorMs) => {
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 3_000 }),
          fc.array(fate, { maxLength: 4 }),
          (closesAt, fates) => {
            const steps: Step[] = [{ do: 'hide', taken: true, arrives: true }];
            if (closesAt > 0) steps.unshift({ do: 'play', ms: closesAt });
            const { collector } = run({ deviceErrorMs, fates, steps });
            expect(collector.rows.has('s0')).toBe(true);
            expect(collector.rows.has('view')).toBe(true);
            expect(startsOf(collector.rows)).toEqual([]);
          },
        ),
      );
    },
  );

  it.each<[Fate, boolean]>([
    ['answerLost', true],
    ['failingAfter', true],
    ['requestLost', true],
    ['busy', false],
  ])('after %s, freezes the labels that were sent: %s', (fate, frozen) => {
    const { collector, heal } = run({
      deviceErrorMs: 12_000,
      fates: [fate, 'answered'],
      steps: [{ do: 'play', ms: 50 }, { do: 'settings' }, { do: 'play', ms: 30_000 }],
    });
    heal();
    expect(startsOf(collector.rows)).toEqual([]);
    const start = TRUE_START + (frozen ? 12_000 : 2_000);
    expect([...(collector.rows.get('s0')?.starts ?? [])]).toEqual([start]);
  });

  it('sends again under a new send time and the old labels when an answer was lost and the clock stepped', () => {
    const { collector, heal } = run({
      deviceErrorMs: 0,
      fates: ['answerLost', 'answered'],
      steps: [
        { do: 'play', ms: 500 },
        { do: 'stepClock', ms: 240_000 },
        { do: 'play', ms: 15_000 },
      ],
    });
    heal();
    expect([...(collector.rows.get('view')?.starts ?? [])]).toEqual([TRUE_START]);
    expect([...(collector.rows.get('s0')?.starts ?? [])]).toEqual([TRUE_START]);
  });

  it.each([-7_200_000, -31_000, -29_000, 29_000, 31_000, 7_200_000])(
    'keeps one start for each row when the clock steps by %i ms in the middle of a slice',
    (ms) => {
      const { collector, heal, outbox } = run({
        deviceErrorMs: 0,
        fates: [],
        steps: [
          { do: 'play', ms: 14_000 },
          { do: 'stepClock', ms },
          { do: 'play', ms: 25_000 },
        ],
      });
      heal();
      expect(startsOf(collector.rows)).toEqual([]);
      expect(collector.issues).toEqual([]);
      expect(outbox.losses).toEqual({});
    },
  );
});
