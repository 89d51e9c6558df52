// Checks one positional slice: its cells by the table, then what must hold between them.
import { DELIVERY_POSITIONS } from '../delivery.ts';
import { LIMITS } from '../limits.ts';
import { CLOCKS, EXIT_KINDS, PLAY_STATES, TIMED_STATES } from '../playState.ts';
import { CELL_MS, SLICE_POSITIONS } from '../slice.ts';
import { type Fault, fault } from './issue.ts';
import { checkHistogram, createRowListCheck, createTupleCheck } from './list.ts';
import { createRowCheck } from './row.ts';

const checkDelivery = createRowCheck(DELIVERY_POSITIONS, {
  codes: {},
  lists: { ttfbHistogram: checkHistogram, throughputHistogram: checkHistogram },
});

const checkCells = createRowCheck(SLICE_POSITIONS, {
  codes: {
    clock: CLOCKS.length,
    open: 2,
    exitKind: EXIT_KINDS.length,
    endState: PLAY_STATES.length,
    endHidden: 2,
  },
  lists: {
    renditions: createTupleCheck({ most: LIMITS.sliceRenditions, width: 4 }),
    deliveries: createRowListCheck(LIMITS.sliceDeliveries, checkDelivery),
    ranges: createTupleCheck({ most: LIMITS.sliceRanges, width: 2, interval: true }),
  },
  most: { k: LIMITS.k, rev: LIMITS.rev, ctx: LIMITS.rev, durationMs: CELL_MS },
});

type Name = (typeof SLICE_POSITIONS)[number][0];
const at = (name: Name): number => SLICE_POSITIONS.findIndex((position) => position[0] === name);
const START = at('start');
const DURATION = at('durationMs');
const HIDDEN = at('hiddenMs');
const STATES = TIMED_STATES.map((state) => at(`${state}Ms`));

/** What is wrong with an encoded slice, or nothing. */
export function validateSlice(cells: unknown): Fault | undefined {
  const values: number[] = new Array(SLICE_POSITIONS.length).fill(0);
  return checkCells(cells, values) ?? checkTimes(values);
}

function checkTimes(values: readonly number[]): Fault | undefined {
  const value = (position: number): number => values[position] ?? 0;
  const duration = value(DURATION);
  const sum = STATES.reduce((total, state) => total + value(state), 0);
  if (sum !== duration) return fault('state_sum', `states make ${sum} ms of ${duration} ms`);
  if (value(HIDDEN) > duration)
    return fault('state_sum', `hidden for ${value(HIDDEN)} ms of ${duration} ms`);
  if ((value(START) % CELL_MS) + duration > CELL_MS)
    return fault('straddles_cell', `${duration} ms from ${value(START)} leave their cell of 10 s`);
  return undefined;
}
