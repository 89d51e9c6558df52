// Twenty kills under load, on the real thing: what was accepted is what is stored, and replaying the
// whole log changes no figure.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runFaults } from './runFaults.ts';

const ROUNDS = 20;

it(`accepts what it stores and stores what it accepts, through ${ROUNDS} kills and two replays`, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'retour-faults-'));
  const lines: string[] = [];
  try {
    const report = await runFaults({
      ...{ directory, rounds: ROUNDS, beaconsPerSecond: 100 },
      say: (line) => lines.push(line),
    });
    expect(report.verdict.faults.slice(0, 20), lines.join('\n')).toEqual([]);
    expect(report.verdict.accepted).toBeGreaterThan(1_000);
    expect(report.rejected).toBe(0);
    expect(report.changedByReplay).toEqual([]);
    expect(report.changedInFreshEngine).toEqual([]);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
