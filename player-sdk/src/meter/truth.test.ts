// Viewings by chance whose truth is known: what the meter makes of its looks is what happened, as far
// as looks can tell.
import {
  type Sample,
  type Signal,
  type Summary,
  TIMED_STATES,
  type TimedState,
} from '@retour/player-sdk/contract';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { createChance } from '../../test/randomSignals.ts';
import { ORIGIN } from '../../test/screening.ts';
import { ACTS, detach, EARLY_ACTS, feed, play, refuse, request } from '../../test/simulatedActs.ts';
import { type Habits, SimulatedPlayer } from '../../test/simulatedPlayer.ts';

const RUNS = 3_000;

/** Something happens, drawn from a seed of its own, and then time passes. */
interface Scene<Name> {
  readonly act: Name;
  readonly seed: number;
  readonly passMs: number;
}

interface Viewing {
  readonly habits: Habits;
  readonly isRefused: boolean;
  readonly startupMs: number;
  readonly early: readonly Scene<keyof typeof EARLY_ACTS>[];
  readonly scenes: readonly Scene<keyof typeof ACTS>[];
}

const upTo = (max: number) => fc.integer({ min: 0, max });
const sceneOf = <Acts extends object>(acts: Acts) =>
  fc.record({
    act: fc.constantFrom(...(Object.keys(acts) as (keyof Acts)[])), // Its own keys.
    seed: fc.nat(),
    passMs: fc.oneof(fc.constant(0), upTo(1_000), upTo(6_000)),
  });

const viewing: fc.Arbitrary<Viewing> = fc.record({
  habits: fc.record({
    grainMs: fc.constantFrom(0, 0, 40),
    says: fc.boolean(),
    creeps: fc.boolean(),
    busy: fc.boolean(),
  }),
  isRefused: fc.boolean(),
  startupMs: upTo(2_000),
  early: fc.array(sceneOf(EARLY_ACTS), { maxLength: 3 }),
  scenes: fc.array(sceneOf(ACTS), { maxLength: 12, size: 'max' }),
});

/** Plays it to its end. */
function watch({ habits, isRefused, startupMs, early, scenes }: Viewing): SimulatedPlayer {
  const player = new SimulatedPlayer(habits);
  if (isRefused) refuse(player);
  request(player);
  player.pass(startupMs);
  for (const { act, seed, passMs } of early) {
    player.chance = createChance(seed);
    EARLY_ACTS[act](player);
    player.pass(passMs);
  }
  play(player);
  feed(player);
  for (const { act, seed, passMs } of scenes) {
    player.chance = createChance(seed);
    ACTS[act](player);
    player.pass(passMs);
  }
  detach(player);
  return player;
}

/** Where what was found is further from the truth than looks explain. */
function toFaults(player: SimulatedPlayer, found: Summary): string[] {
  const { counts, times, turns, stretches, blurMs, contentBlurMs, habits } = player;
  const faults: string[] = [];
  const compare = (name: string, truth: number, value: number, offMs = 0) => {
    if (!(Math.abs(truth - value) <= offMs)) {
      faults.push(`${name}: ${Math.round(truth)} in truth, ${value} found (±${Math.round(offMs)})`);
    }
  };
  const measureOf = (state: TimedState) => `${state}Ms` as const;
  const sumOf = (of: (state: TimedState) => number) =>
    TIMED_STATES.reduce((sum, state) => sum + of(state), 0);
  // At each turn the position and the moment are rounded, and a frame may be short; a stall that
  // begins just before a look may be taken to begin with it.
  const turnMs = 3 * turns + 2 * habits.grainMs * turns;
  const timeMs = 3 + turnMs + 50 * counts.stalls + blurMs;
  for (const state of TIMED_STATES) {
    compare(measureOf(state), times[state], found[measureOf(state)], timeMs);
  }
  // The states take up all the time there is: only where it begins and ends it is rounded.
  const allMs = sumOf((state) => times[state]);
  compare(
    'all states',
    allMs,
    sumOf((state) => found[measureOf(state)]),
    stretches,
  );
  // Less than 50 ms of content have not moved yet.
  const contentMs = 50 + turnMs + contentBlurMs + 2 * blurMs;
  for (const name of Object.keys(counts) as (keyof typeof counts)[]) {
    const offMs = name === 'mediaMs' ? contentMs : name.endsWith('Ms') ? timeMs : 0;
    compare(name, counts[name], found[name], offMs);
  }
  const stalls = [...player.events.values()].filter((event) => event.type === 'stall');
  const stalledMs = stalls.reduce((sum, { durationMs = Number.NaN }) => sum + durationMs, 0);
  compare('stalls told', counts.stalls, stalls.length);
  compare('ms of stalls told', found.stalledMs, stalledMs);
  return faults;
}

function toLine({ type, at, ...facts }: Signal): string {
  const { position, readyState, rate, paused, seeking, ended } = facts as Sample;
  const told =
    type === 'sample' ? { position, readyState, rate, paused, seeking, ended } : { ...facts };
  return `${(at - ORIGIN).toFixed(1)} ${type} ${JSON.stringify(told)}`;
}

describe('createMeter, of what truly happened', () => {
  it('finds every state, count and stretch of content', () => {
    fc.assert(
      fc.property(viewing, (drawn) => {
        const player = watch(drawn);
        const { summary } = player.meter.peek(ORIGIN + player.at);
        const faults = summary ? toFaults(player, summary) : ['there is no view'];
        if (faults.length === 0) return;
        throw new Error([...faults, ...player.signals.map(toLine)].join('\n'));
      }),
      { numRuns: RUNS },
    );
  }, 60_000);
});
