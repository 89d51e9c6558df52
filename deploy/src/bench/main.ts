// `npm run bench -- NAME [--json] [its own options]`: runs one benchmark. Each measures its floor in the same run; with
// --json the last line is {"bench": NAME, "figures": {…}}. It ends with 1 where a limit of the bench was missed.
import { parseArgs } from 'node:util';
import type { Bench, BenchOptions } from './bench.ts';
import { judge } from './judge.ts';

/** Loaded when asked for: each brings servers or an engine with it. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  collector: async () => (await import('./collector.ts')).collectorBench,
  conformance: async () => (await import('./conformance.ts')).conformanceBench,
  harm: async () => (await import('./harm.ts')).harmBench,
  loss: async () => (await import('./loss.ts')).lossBench,
  path: async () => (await import('./path.ts')).pathBench,
  sdk: async () => (await import('./sdk.ts')).sdkBench,
  writer: async () => (await import('./writer.ts')).writerBench,
};

// A browser's driver hears of a SIGTERM, closes its browser and lets the process go on without it.
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

const [name = '', ...rest] = process.argv.slice(2);
const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;

if (load === undefined) {
  const known = Object.keys(BENCHES).join(', ');
  process.stderr.write(`Expected the name of one benchmark (${known}), came "${name}".\n`);
  process.exitCode = 2;
} else {
  const { run, takes = [], limits = [] } = await load();
  const given = readOptions(rest, takes);
  if (typeof given === 'string') {
    process.stderr.write(`${given}\n`);
    process.exitCode = 2;
  } else {
    const { json, options } = given;
    const figures = await run((line) => process.stdout.write(`${line}\n`), options).catch(endWith);
    const missed = judge(figures, limits);
    for (const line of missed) process.stdout.write(`${line}\n`);
    if (missed.length > 0) process.exitCode = 1;
    const rounded = Object.fromEntries(
      Object.entries(figures).map(([key, value]) => [key, Number(value.toPrecision(4))]),
    );
    if (json) process.stdout.write(`${JSON.stringify({ bench: name, figures: rounded })}\n`);
  }
}

/** What a bench itself refuses is a plain Error that says all; any other is a fault of ours, with its stack. */
function endWith(error: unknown): never {
  const isSaid = error instanceof Error && error.name === 'Error';
  process.stderr.write(`${isSaid ? error.message : (error as Error).stack}\n`);
  process.exit(isSaid ? 2 : 1); // What it has started may still run.
}

/** The options, or what is wrong with them. */
function readOptions(
  words: readonly string[],
  takes: readonly string[],
): { readonly json: boolean; readonly options: BenchOptions } | string {
  const texts = Object.fromEntries(takes.map((option) => [option, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { ...texts, json: { type: 'boolean' } },
    });
    const { json, ...options } = values;
    return { json: json === true, options: options as BenchOptions }; // All others are texts.
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
