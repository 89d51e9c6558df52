// Applies each committed patch to a scratch copy and runs the test it names, which must turn red.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mutant, readMutants } from './readMutants.ts';
import { createScratch, type Scratch } from './scratch.ts';

/** Invariants of the design that have mutants, and how many each needs. */
const INVARIANTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const EACH = 2;

type Verdict = 'killed' | 'SURVIVED' | 'NOT APPLIED' | 'BROKEN';

/**
 * Tells of each mutant as it is judged. `bad` counts those that survived, do not fit the sources any
 * more or name a test that is red or missing without them, and invariants with too few mutants.
 * @param only part of the names of the mutants to run; without it, all of them.
 */
export async function killMutants(only?: string): Promise<{ killed: number; bad: number }> {
  const mutants = readMutants().filter(({ name }) => only === undefined || name.includes(only));
  const directory = mkdtempSync(join(tmpdir(), 'retour-mutants-'));
  process.once('SIGINT', () => process.exit(130));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const judge = createJudge(createScratch(directory));
  let killed = 0;
  for (const mutant of mutants) {
    const started = performance.now();
    const verdict = await judge(mutant);
    if (verdict === 'killed') killed += 1;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `${verdict.padEnd(11)} invariant ${mutant.invariant}  ${mutant.name}  (${seconds} s)\n` +
        `            ${mutant.breaks}\n            ${mutant.test.file} › ${mutant.test.name}`,
    );
  }
  const thin = only === undefined ? findThinInvariants(mutants) : [];
  for (const invariant of thin)
    console.log(`invariant ${invariant} has fewer than ${EACH} mutants`);
  return { killed, bad: mutants.length - killed + thin.length };
}

function createJudge(scratch: Scratch): (mutant: Mutant) => Promise<Verdict> {
  const sound = new Map<string, boolean>();
  return async ({ test, patch }) => {
    const key = `${test.file} ${test.name}`;
    if (!sound.has(key)) sound.set(key, (await scratch.runTest(test)) === 'passed');
    if (sound.get(key) !== true) return 'BROKEN'; // The test is red, or not there, without the patch.
    if (!scratch.apply(patch)) return 'NOT APPLIED';
    try {
      const outcome = await scratch.runTest(test);
      if (outcome === 'failed') return 'killed';
      return outcome === 'passed' ? 'SURVIVED' : 'BROKEN';
    } finally {
      scratch.revert(patch);
    }
  };
}

function findThinInvariants(mutants: readonly Mutant[]): number[] {
  return INVARIANTS.filter(
    (invariant) => mutants.filter((mutant) => mutant.invariant === invariant).length < EACH,
  );
}
