// A mutant is a patch file in patches/ with a head of its own: which invariant it breaks, how, and
// the test that must notice.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../repository/sources.ts';

export interface Mutant {
  readonly name: string;
  readonly invariant: number;
  /** What the change breaks, in one sentence. */
  readonly breaks: string;
  readonly test: TestName;
  /** Path of the patch. */
  readonly patch: string;
}

export interface TestName {
  /** Relative to the root. */
  readonly file: string;
  /** Part of the test's full name, enough to be the only one. */
  readonly name: string;
}

const DIRECTORY = join(ROOT, 'deploy', 'src', 'mutants', 'patches');

export function readMutants(): Mutant[] {
  return readdirSync(DIRECTORY)
    .filter((file) => file.endsWith('.patch'))
    .sort()
    .map((file) => readMutant(join(DIRECTORY, file), file.replace(/\.patch$/, '')));
}

function readMutant(patch: string, name: string): Mutant {
  const text = readFileSync(patch, 'utf8');
  const field = (key: string): string => {
    const value = new RegExp(`^${key}: (.+)$`, 'm').exec(text)?.[1];
    if (value === undefined) throw new Error(`${name}.patch has no line "${key}: …" in its head`);
    return value;
  };
  const [file, test] = field('Killed by').split(' › ');
  if (file === undefined || test === undefined) {
    throw new Error(`${name}.patch: "Killed by" must read "<file> › <test name>"`);
  }
  return {
    name,
    invariant: Number(field('Invariant')),
    breaks: field('Breaks'),
    test: { file, name: test },
    patch,
  };
}
