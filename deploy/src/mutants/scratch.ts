// A scratch copy of the repository in which mutants live and die; the work tree is never touched.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { listFiles, ROOT } from '../repository/sources.ts';
import type { TestName } from './readMutants.ts';

type Outcome = 'passed' | 'failed' | 'missing';

export interface Scratch {
  /** False when the patch does not fit the sources any more. */
  apply(patch: string): boolean;
  revert(patch: string): void;
  /** `missing`: no such test was run, or its file could not be loaded. */
  runTest(test: TestName): Promise<Outcome>;
}

const PACKAGES = ['player-sdk', 'collector', 'analytics', 'dashboards', 'deploy'];

export function createScratch(directory: string): Scratch {
  copySources(directory);
  linkDependencies(directory);
  const git = (...args: readonly string[]): boolean =>
    spawnSync('git', ['apply', ...args], { cwd: directory, stdio: 'ignore' }).status === 0;
  return {
    apply: (patch) => git(patch),
    revert: (patch) => {
      if (!git('-R', patch)) throw new Error(`${patch} could not be taken back`);
    },
    runTest: (test) => runTest(directory, test),
  };
}

function copySources(directory: string): void {
  for (const path of listFiles()) {
    if (!existsSync(join(ROOT, path))) continue;
    mkdirSync(join(directory, dirname(path)), { recursive: true });
    cpSync(join(ROOT, path), join(directory, path));
  }
}

/** Dependencies are linked; our own packages must resolve to the copy, or no patch would show. */
function linkDependencies(directory: string): void {
  for (const place of ['.', ...PACKAGES]) {
    const from = join(ROOT, place, 'node_modules');
    if (!existsSync(from)) continue;
    const to = join(directory, place, 'node_modules');
    mkdirSync(to, { recursive: true });
    for (const entry of readdirSync(from)) {
      if (entry !== '@retour' && entry !== 'retour')
        symlinkSync(join(from, entry), join(to, entry));
    }
  }
  mkdirSync(join(directory, 'node_modules', '@retour'));
  for (const name of PACKAGES.filter((name) => name !== 'deploy')) {
    symlinkSync(join(directory, name), join(directory, 'node_modules', '@retour', name));
  }
  for (const name of PACKAGES) {
    const dist = join(ROOT, name, 'dist');
    if (existsSync(dist)) cpSync(dist, join(directory, name, 'dist'), { recursive: true });
  }
}

async function runTest(directory: string, test: TestName): Promise<Outcome> {
  const report = join(directory, 'report.json');
  rmSync(report, { force: true });
  const pattern = test.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const runner = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
      ...['run', test.file, '-t', pattern, '--reporter=json', `--outputFile=${report}`],
    ],
    { cwd: directory, stdio: 'ignore', timeout: 600_000 },
  );
  await once(runner, 'close');
  if (!existsSync(report)) return 'missing';
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number; // Vitest's own report.
    numFailedTests: number;
  };
  if (numFailedTests > 0) return 'failed';
  return numPassedTests > 0 ? 'passed' : 'missing';
}
