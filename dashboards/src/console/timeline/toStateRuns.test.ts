import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeEvent, madeRows, madeSlice } from './madeRows.ts';
import { toStateRuns } from './toStateRuns.ts';
import type { EventRow } from './viewRows.ts';

const STARTED = [madeEvent(0, 'requested'), madeEvent(800, 'firstFrame', { of: 'content' })];

function check(name: string, events: readonly EventRow[], to: number, expected: string): void {
  it(name, () => {
    const runs = toStateRuns(madeRows({ events, to }));
    expect(runs.map((run) => `${run.state} ${run.from}–${run.to}`).join(', ')).toBe(expected);
  });
}

describe('toStateRuns', () => {
  check('waits, then plays', STARTED, 5_000, 'starting 0–800, playing 800–5000');
  check('waits for as long as there is no frame', STARTED.slice(0, 1), 3_000, 'starting 0–3000');
  check(
    'ends with its final exit',
    [...STARTED, madeEvent(4_000, 'exit', { kind: 'left' })],
    9_000,
    'starting 0–800, playing 800–4000',
  );
  check(
    'goes on after a provisional exit',
    [...STARTED, madeEvent(4_000, 'exit', { kind: 'hidden', provisional: true })],
    9_000,
    'starting 0–800, playing 800–9000',
  );
  check(
    'goes on when something follows an exit',
    [
      ...STARTED,
      madeEvent(4_000, 'exit', { kind: 'hidden' }),
      madeEvent(5_000, 'stall', { durationMs: 500 }),
    ],
    9_000,
    'starting 0–800, playing 800–5000, stalled 5000–5500, playing 5500–9000',
  );
  check(
    'shows a stall that still runs up to now',
    [...STARTED, madeEvent(2_000, 'stall')],
    5_000,
    'starting 0–800, playing 800–2000, stalled 2000–5000',
  );
  check(
    'shows a pause until its resume where its length is not told',
    [...STARTED, madeEvent(2_000, 'pause'), madeEvent(3_000, 'resume')],
    5_000,
    'starting 0–800, playing 800–2000, paused 2000–3000, playing 3000–5000',
  );
  check(
    'lets the ad win over a stall, and the sleep over all',
    [
      ...STARTED,
      madeEvent(2_000, 'adBreak', { durationMs: 2_000 }),
      madeEvent(2_500, 'stall', { durationMs: 200 }),
      madeEvent(3_000, 'suspended', { durationMs: 500 }),
    ],
    5_000,
    'starting 0–800, playing 800–2000, ad 2000–3000, suspended 3000–3500, ad 3500–4000, playing 4000–5000',
  );

  it('falls back to the totals of slices where the events are missing', () => {
    const slice = madeSlice({ from: 0, to: 10_000 });
    const states = { ...slice.states, playing: 8_000, stalled: 2_000 };
    const runs = toStateRuns(madeRows({ slices: [{ ...slice, states }], to: 10_000 }));
    expect(runs).toEqual([
      { from: 0, to: 8_000, state: 'playing', approximate: true },
      { from: 8_000, to: 10_000, state: 'stalled', approximate: true },
    ]);
  });

  it('gives runs that follow each other within the view, whatever the events', () => {
    const types = [
      'requested',
      'firstFrame',
      'stall',
      'seek',
      'pause',
      'resume',
      'adBreak',
      'suspended',
      'exit',
      'x',
    ];
    const anyEvent = fc.record({
      at: fc.integer({ min: 0, max: 10_000 }),
      type: fc.constantFrom(...types),
      ms: fc.option(fc.integer({ min: -10, max: 20_000 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (made) => {
        const events = made
          .map(({ at, type, ms }, seq) => ({
            ...madeEvent(at, type, ms === undefined ? {} : { durationMs: ms, latencyMs: ms }),
            seq,
          }))
          .sort((a, b) => a.at - b.at);
        const runs = toStateRuns(madeRows({ events, to: 10_000 }));
        let last = 0;
        for (const run of runs) {
          expect(run.from).toBeGreaterThanOrEqual(last);
          expect(run.to).toBeGreaterThan(run.from);
          expect(run.to).toBeLessThanOrEqual(10_000);
          last = run.to;
        }
      }),
    );
  });
});
