// Concurrent views: one count a view and cell, whatever the slices; the peak over time.
import type { ViewEvent } from '@retour/player-sdk/contract';
import { START } from '../world.ts';
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'concurrentViews';
const stall: ViewEvent = { type: 'stall', seq: 0, rev: 0, at: START + 2_000, ctx: 0 };
const stalled = { stalledMs: 10_000, endState: 3 };

export const cases: readonly MetricCase[] = [
  { metric, shows: 'nobody is 0', views: NOBODY, expected: 0 },
  {
    metric,
    shows: 'two slices of one view in one cell are one view',
    views: [
      {
        slices: [
          { k: 0, durationMs: 4_000, playingMs: 4_000 },
          { k: 1, start: START + 4_000, durationMs: 6_000, playingMs: 6_000 },
        ],
      },
    ],
    expected: 1,
  },
  {
    metric,
    shows: 'views in different cells do not add up: the peak is 2, the views are 3',
    views: [
      { slices: [{ playingMs: 10_000 }, { playingMs: 10_000 }] },
      { slices: [{ k: 1, startingMs: 10_000 }] },
      { slices: [{ k: 2, adMs: 10_000 }] },
    ],
    expected: 2,
  },
  {
    metric,
    shows: 'paused or suspended for the whole cell is not watching; an instant failure is',
    views: [
      { slices: [{ pausedMs: 10_000, endState: 5 }] },
      { slices: [{ suspendedMs: 10_000, endState: 7 }] },
      { slices: [{ durationMs: 0, attempts: 1, startFailures: 1, exits: 1, endState: 9 }] },
    ],
    expected: 1,
  },
  {
    metric,
    shows: 'a view stands for its weight',
    views: [
      { slices: [{ playingMs: 10_000 }, { playingMs: 10_000 }] },
      { slices: [{ playingMs: 10_000 }], context: { weight: 20 } },
      { slices: [{ playingMs: 10_000 }], context: { weight: 20 } },
    ],
    expected: 41,
  },
  {
    metric,
    shows: 'a stall of five minutes still counts',
    fromS: 290,
    toS: 300,
    views: [{ slices: [{ k: 29, ...stalled }], events: [stall] }],
    expected: 1,
  },
  {
    metric,
    shows: 'a stall of more than five minutes no longer does',
    fromS: 310,
    toS: 320,
    views: [{ slices: [{ k: 31, ...stalled }], events: [stall] }],
    expected: 0,
  },
  {
    metric,
    shows: 'after a long stall the view counts again',
    fromS: 400,
    toS: 410,
    views: [
      {
        slices: [{ k: 40, stalledMs: 10_000 }],
        events: [{ ...stall, durationMs: 390_000 }],
      },
    ],
    expected: 1,
  },
];
