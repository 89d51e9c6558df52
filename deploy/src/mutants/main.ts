// `npm run mutants`: applies each committed patch to a scratch copy and runs the test it names,
// which must turn red. Fails where one stays green, cannot be applied, or an invariant has too few.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mutant, readMutants } from './readMutants.ts';
import { createScratch } from './scratch.ts';

/** Invariants of the design that have mutants, and how many each needs. */
const INVARIANTS = [1, 2, 3, 4, 5, 7, 8, 9, 10];
const EACH = 2;

type Verdict = 'killed' | 'SURVIVED' | 'NOT APPLIED' | 'BROKEN';

const only = process.argv[2];
const mutants = readMutants().filter((mutant) => only === undefined || mutant.name.includes(only));
const directory = mkdtempSync(join(tmpdir(), 'retour-mutants-'));
process.on('SIGINT', () => process.exit(130));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

const scratch = createScratch(directory);
const sound = new Map<string, boolean>();
let bad = 0;
for (const mutant of mutants) {
  const started = performance.now();
  const verdict = judge(mutant);
  if (verdict !== 'killed') bad += 1;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${verdict.padEnd(11)} invariant ${mutant.invariant}  ${mutant.name}  (${seconds} s)\n` +
      `            ${mutant.breaks}\n            ${mutant.test.file} › ${mutant.test.name}`,
  );
}
if (only === undefined) bad += reportThinInvariants();
console.log(`${mutants.length - bad} mutants killed, ${bad} not as they should be`);
process.exitCode = bad === 0 && mutants.length > 0 ? 0 : 1;

function judge(mutant: Mutant): Verdict {
  const key = `${mutant.test.file} ${mutant.test.name}`;
  if (!sound.has(key)) sound.set(key, scratch.runTest(mutant.test) === 'passed');
  if (sound.get(key) !== true) return 'BROKEN'; // The test is red, or not there, without the patch.
  if (!scratch.apply(mutant.patch)) return 'NOT APPLIED';
  try {
    const outcome = scratch.runTest(mutant.test);
    if (outcome === 'failed') return 'killed';
    return outcome === 'passed' ? 'SURVIVED' : 'BROKEN';
  } finally {
    scratch.revert(mutant.patch);
  }
}

function reportThinInvariants(): number {
  const thin = INVARIANTS.filter(
    (invariant) => mutants.filter((mutant) => mutant.invariant === invariant).length < EACH,
  );
  for (const invariant of thin)
    console.log(`invariant ${invariant} has fewer than ${EACH} mutants`);
  return thin.length;
}
