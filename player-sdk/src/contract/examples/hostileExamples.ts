// What is wrong, foreign or of a later version, and what a collector makes of it.
import {
  head,
  heartbeat,
  playing,
  slice,
  stallAt,
  summary,
  T0,
  totals,
  VIEW,
} from './exampleRows.ts';

/** By file name. */
export const HOSTILE_EXAMPLES: Readonly<Record<string, unknown>> = {
  // A later version of the SDK: unknown keys are let through, positions it appended are dropped.
  later: {
    ...head,
    ctx: { ...head.ctx, mood: 'curious', asset: { id: 'film-1', rating: 12 } },
    slices: [[9, 0, T0, -1_000, 7, 'new', [1]]],
    events: [
      { type: 'ended', seq: 0, rev: 0, at: T0, ctx: 0, applause: 3 },
      { type: 'hologram', seq: 1, rev: 0, at: T0, ctx: 0 },
    ],
    zone: 'x',
  },
  // What is wrong costs only itself.
  badItems: {
    ...head,
    slices: [
      slice(playing),
      'no row',
      slice({ ...playing, start: T0 + 41_000 }),
      slice({ ...playing, playingMs: 9_000 }),
      slice({ ...playing, hiddenMs: 10_001 }),
      slice({ ...playing, k: 100_001 }),
      slice({ ...playing, exitKind: 99 }),
      slice({ ...playing, host: 'h'.repeat(201) }),
      slice({ ...playing, ranges: [[5, 4]] }),
      slice({ ...playing, renditions: [[1, 2, 3]] }),
      slice({ ...playing, deliveries: [['h', 'p', -7, [9, 1, 9, 1]]] }),
      slice({ ...playing, bits: 2 ** 53 }),
      slice({ ...playing, stalls: 0.5 }),
      [0, 0, 'start'],
      [-0.5],
    ],
    events: [
      { ...stallAt, rev: 0 },
      { ...stallAt, rev: 0, seq: -1 },
      { ...stallAt, rev: 0, durationMs: null },
      { ...stallAt, rev: 0, at: '2026-07-04' },
      { type: 'seek', seq: 1, rev: 0, at: T0, ctx: 0, by: 'fate', from: 0, to: 1 },
      {
        type: 'error',
        seq: 1,
        rev: 0,
        at: T0,
        ctx: 0,
        fatal: true,
        category: 'media',
        code: 'x',
        message: 'm'.repeat(501),
      },
      {
        type: 'error',
        seq: 1,
        rev: 0,
        at: T0,
        ctx: 0,
        fatal: true,
        category: 'media',
        code: '\uD83C',
      },
      { type: 'constructor', seq: 1, rev: 0, at: T0, ctx: 0 },
      'no event',
    ],
    summary: summary({ ...totals, last: T0 - 1 }),
    lost: { queueFull: -1 },
  },
  badVersion: { ...heartbeat, v: 2 },
  badView: { ...heartbeat, view: VIEW.toUpperCase() },
  badContext: { ...heartbeat, ctx: { ...head.ctx, weight: 0 } },
  badCustom: {
    ...heartbeat,
    ctx: {
      ...head.ctx,
      custom: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`d${i}`, 'x'])),
    },
  },
  notABeacon: 'heartbeat',
};
