// `npm test`: brings what the tests need, runs all of them, and ends on one line that counts them.
// With CI=true nothing may be missing or skipped, and the mutants must be killed too.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killMutants } from '../mutants/killMutants.ts';
import { bringTools } from './bringTools.ts';
import { ROOT } from './sources.ts';

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Files in parallel, then those that own a browser, an engine or a process tree, one by one. */
const RUNS = [
  ['--project', 'unit'],
  ['--project', 'slow', '--no-file-parallelism'],
];

const strict = process.env.CI === 'true';
const only = process.argv.slice(2);
const missing = bringTools(strict);
const tallies = RUNS.map((args) => runVitest([...args, ...only]));
if (strict && only.length === 0) {
  const { killed, bad } = await killMutants();
  tallies.push({ passed: killed, failed: bad, skipped: 0 });
}
const sum = (key: keyof Tally): number => tallies.reduce((total, tally) => total + tally[key], 0);

const skipped = sum('skipped');
for (const line of missing) console.error(`SKIPPED FOR WANT OF A TOOL: ${line}`);
if (strict && skipped > 0)
  console.error(`${skipped} tests were skipped; with CI=true none may be.`);
const failed = sum('failed') + (strict ? skipped : 0);
console.log(
  `${sum('passed')} passed, ${failed} failed${strict || skipped === 0 ? '' : `, ${skipped} skipped`}`,
);
process.exitCode = failed === 0 && sum('passed') > 0 ? 0 : 1;

function runVitest(args: readonly string[]): Tally {
  const directory = mkdtempSync(join(tmpdir(), 'retour-tests-'));
  const report = join(directory, 'report.json');
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const done = spawnSync(
    process.execPath,
    [
      vitest,
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      '--passWithNoTests',
      ...args,
    ],
    { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const tally = readReport(report);
  rmSync(directory, { recursive: true, force: true });
  // A file that fails to load, or an error outside any test, fails the run without failing a test.
  return done.status !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function readReport(file: string): Tally {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>; // Vitest's own.
    return {
      passed: report.numPassedTests ?? 0,
      failed: report.numFailedTests ?? 0,
      skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    };
  } catch (error) {
    console.error(`The runner left no report: ${String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
