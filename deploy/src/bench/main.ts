// `npm run bench -- NAME [--json]`: runs one benchmark. Each measures its floor in the same run; with
// --json the last line is {"bench": NAME, "figures": {…}}.
import type { Bench } from './bench.ts';

/** Loaded when asked for: each brings servers or an engine with it. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  collector: async () => (await import('./collector.ts')).collectorBench,
  harm: async () => (await import('./harm.ts')).harmBench,
  loss: async () => (await import('./loss.ts')).lossBench,
  path: async () => (await import('./path.ts')).pathBench,
  sdk: async () => (await import('./sdk.ts')).sdkBench,
  writer: async () => (await import('./writer.ts')).writerBench,
};

const names = process.argv.slice(2).filter((word) => word !== '--json');
const json = process.argv.includes('--json');
const [name = ''] = names;
const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;

if (load === undefined || names.length > 1) {
  const known = Object.keys(BENCHES).join(', ');
  process.stderr.write(
    `Expected the name of one benchmark (${known}), came "${names.join(' ')}".\n`,
  );
  process.exitCode = 2;
} else {
  const { run } = await load();
  const figures = await run((line) => process.stdout.write(`${line}\n`));
  const rounded = Object.fromEntries(
    Object.entries(figures).map(([key, value]) => [key, Number(value.toPrecision(4))]),
  );
  if (json) process.stdout.write(`${JSON.stringify({ bench: name, figures: rounded })}\n`);
}
