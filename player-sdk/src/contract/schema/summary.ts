// Checks one positional summary: its cells by the table, then what must hold between them.
import { LIMITS } from '../limits.ts';
import { CLOCKS, EXIT_KINDS, PLAY_STATES } from '../playState.ts';
import { QUARTILES, SUMMARY_POSITIONS } from '../summary.ts';
import { type Fault, fault } from './issue.ts';
import { createTupleCheck } from './list.ts';
import { createRowCheck } from './row.ts';

const checkCells = createRowCheck(SUMMARY_POSITIONS, {
  codes: {
    clock: CLOCKS.length,
    exitKind: EXIT_KINDS.length,
    endState: PLAY_STATES.length,
    quartiles: 2 ** QUARTILES.length,
  },
  lists: { ranges: createTupleCheck({ most: LIMITS.summaryRanges, width: 3, interval: true }) },
  most: { rev: LIMITS.rev, ctx: LIMITS.rev, slices: LIMITS.k + 1, events: LIMITS.seq + 1 },
});

type Name = (typeof SUMMARY_POSITIONS)[number][0];
const at = (name: Name): number => SUMMARY_POSITIONS.findIndex((position) => position[0] === name);
const START = at('start');
const LAST = at('last');

/** What is wrong with an encoded summary, or nothing. */
export function validateSummary(cells: unknown): Fault | undefined {
  const values: number[] = new Array(SUMMARY_POSITIONS.length).fill(0);
  const found = checkCells(cells, values);
  if (found !== undefined) return found;
  const [start = 0, last = 0] = [values[START], values[LAST]];
  return last < start ? fault('backwards', `last ${last} is before start ${start}`) : undefined;
}
