// `npm run check`: types, lint and format, and the repository tests, in that order; all are run
// even when one fails.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './sources.ts';

const bin = (name: string): string => join(ROOT, 'node_modules', '.bin', name);

const CHECKS: readonly (readonly [title: string, program: string, ...args: string[]])[] = [
  ['types', bin('turbo'), 'run', 'types', '--output-logs=errors-only'],
  ['lint and format', bin('biome'), 'check', '--error-on-warnings'],
  ['tidy', bin('vitest'), 'run', '--project', 'unit', 'deploy/src/repository'],
];

const failed = CHECKS.filter(([title, program, ...args]) => {
  console.log(`\n${title}`);
  return (
    spawnSync(program, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0
  );
});

console.log(
  failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.map(([title]) => title)}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
