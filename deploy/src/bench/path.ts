// `bench path`: from a beacon's send to its row in an answer of the engine, at 2 000 beacons a second,
// through the real collector, the embedded log, the writer and the engine, each a process of its own.
// Open loop: a late send counts from when it was due.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine, createStore, type Engine, type Store } from '@retour/analytics/store';
import type { Bench, Figures } from './bench.ts';
import { createHeartbeatRequest } from './heartbeat.ts';
import { startPinned } from './pinnedProgram.ts';
import { runSchedule, type Sent } from './schedule.ts';

export const pathBench: Bench = { run };

const PER_SECOND = 2_000;
const WARM_UP_S = 5;
const MEASURED_S = 20;
/** How often the engine is asked; the figure is that much too large at most. */
const ASK_MS = 25;
/** After the last send: beyond it, beacons were lost. */
const PATIENCE_MS = 30_000;

async function run(say: (line: string) => void): Promise<Figures> {
  const directory = await mkdtemp(join(tmpdir(), 'retour-bench-'));
  const data = join(directory, 'log');
  const engine = await createEngine({ directory: join(directory, 'engine') });
  const store = createStore({ url: engine.url, password: engine.password, database: 'retour' });
  await store.migrate();
  const collector = await startPinned({ program: 'collectorServer', args: [data] });
  const writer = startWriter(engine, data);
  try {
    return toFigures(await measure(collector.port, store), say);
  } finally {
    await collector.stop();
    writer.kill('SIGTERM');
    await once(writer, 'exit');
    await store.close();
    await engine.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

function startWriter({ url, password }: Engine, data: string): ChildProcess {
  const entry = import.meta.resolve('@retour/analytics/writer');
  const main = fileURLToPath(new URL(`main${entry.slice(-3)}`, entry));
  return spawn(process.execPath, [...process.execArgv, main], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      RETOUR_DATA: data,
      RETOUR_ENGINE_URL: url,
      RETOUR_ENGINE_PASSWORD: password,
    },
  });
}

interface Measured {
  readonly sent: readonly Sent[];
  /** When the engine was first seen to hold this many rows. */
  readonly seen: readonly { readonly rows: number; readonly at: number }[];
}

/** Every beacon is a view of its own, so rows are counted one by one in the order of the log. */
async function measure(port: number, store: Store): Promise<Measured> {
  const total = PER_SECOND * (WARM_UP_S + MEASURED_S);
  const toRequest = (n: number) => createHeartbeatRequest(n, Date.now());
  const sending = runSchedule({ port, total, toRequest, perSecond: PER_SECOND });
  const seen: { rows: number; at: number }[] = [];
  let until = Number.POSITIVE_INFINITY;
  sending.then(
    () => {
      until = performance.now() + PATIENCE_MS;
    },
    () => {
      until = 0;
    },
  );
  while ((seen.at(-1)?.rows ?? 0) < total && performance.now() < until) {
    const [row] = await store.query<{ rows: number }>({ sql: 'SELECT count() rows FROM slices' });
    const rows = row?.rows ?? 0;
    if (rows > (seen.at(-1)?.rows ?? 0)) seen.push({ rows, at: performance.now() });
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
  }
  return { sent: await sending, seen };
}

function toFigures({ sent, seen }: Measured, say: (line: string) => void): Figures {
  const byAnswer = sent.toSorted((a, b) => a.answeredAt - b.answeredAt);
  const waits: number[] = [];
  let at = 0;
  for (const [n, { dueAt }] of byAnswer.entries()) {
    while (at < seen.length && (seen[at]?.rows ?? 0) <= n) at += 1;
    const found = seen[at];
    if (found === undefined)
      throw new Error(`only ${n} of ${sent.length} beacons became queryable`);
    if (n >= PER_SECOND * WARM_UP_S) waits.push(found.at - dueAt);
  }
  const answers = byAnswer.slice(PER_SECOND * WARM_UP_S);
  const figures = {
    beaconsPerSecond: toRate(answers),
    acknowledgedP95Ms: quantile(
      answers.map((one) => one.answeredAt - one.dueAt),
      0.95,
    ),
    queryableP50Ms: quantile(waits, 0.5),
    queryableP95Ms: quantile(waits, 0.95),
    queryableMaxMs: quantile(waits, 1),
  };
  for (const [name, value] of Object.entries(figures)) say(`${name} ${value.toPrecision(4)}`);
  return figures;
}

function toRate(answers: readonly Sent[]): number {
  const tookMs = (answers.at(-1)?.answeredAt ?? 0) - (answers[0]?.answeredAt ?? 0);
  return (answers.length * 1000) / tookMs;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}
