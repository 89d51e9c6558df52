// `bench collector`: what validation, enrichment and the log cost beside a bare route that parses the
// same bytes; interleaved rounds on one core, the sender on another, medians.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Figures } from './bench.ts';
import { createHeartbeats } from './heartbeat.ts';
import { type LoadResult, runLoad } from './load.ts';
import { CAN_PIN, type PinnedProgram, pinProcess, startPinned } from './pinnedProgram.ts';

const ROUNDS = 7;
const ROUND_MS = 3_000;
const WARM_UP_MS = 2_000;
const CONNECTIONS = 100;
const SERVER_CORE = 0;
const LOAD_CORE = 1;
const BEACONS = 500;

export const collectorBench: Bench = { run };

async function run(say: (line: string) => void): Promise<Figures> {
  const directory = await mkdtemp(join(tmpdir(), 'retour-bench-'));
  pinProcess(LOAD_CORE);
  const pinning = CAN_PIN ? `servers on core ${SERVER_CORE}` : 'NOT pinned: no taskset here';
  say(`${ROUNDS} rounds of ${ROUND_MS} ms, ${CONNECTIONS} connections, ${pinning}`);
  const servers = {
    bare: await startPinned({ program: 'floors/bareFastify', core: SERVER_CORE }),
    noLog: await startPinned({ program: 'collectorServer', core: SERVER_CORE }),
    embedded: await startPinned({
      program: 'collectorServer',
      args: [directory],
      core: SERVER_CORE,
    }),
  };
  try {
    return toFigures(await measure(servers, say), say);
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
    await rm(directory, { recursive: true, force: true });
  }
}

type Name = 'bare' | 'noLog' | 'embedded';
type Rounds = Readonly<Record<Name, LoadResult[]>>;

const NAMES: readonly Name[] = ['bare', 'noLog', 'embedded'];

async function measure(
  servers: Readonly<Record<Name, PinnedProgram>>,
  say: (line: string) => void,
): Promise<Rounds> {
  const rounds: Rounds = { bare: [], noLog: [], embedded: [] };
  for (const name of NAMES) await load(servers[name], WARM_UP_MS);
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const name of NAMES) {
      const result = await load(servers[name], ROUND_MS);
      rounds[name].push(result);
      const { perSecond, p50Ms, p99Ms } = result;
      say(
        `round ${round} ${name.padEnd(8)} ${perSecond.toFixed(0).padStart(6)} beacons/s` +
          `  p50 ${p50Ms.toFixed(1)} ms  p99 ${p99Ms.toFixed(1)} ms`,
      );
    }
  }
  return rounds;
}

function load({ port }: PinnedProgram, durationMs: number): Promise<LoadResult> {
  const requests = createHeartbeats(BEACONS, Date.now());
  return runLoad({ port, requests, connections: CONNECTIONS, durationMs });
}

/** Ratios are taken within each round, so that what else the machine does weighs on both sides. */
function toFigures({ bare, noLog, embedded }: Rounds, say: (line: string) => void): Figures {
  const rate = (results: readonly LoadResult[]) => median(results.map((one) => one.perSecond));
  const ratio = (results: readonly LoadResult[]) =>
    median(results.map(({ perSecond }, round) => perSecond / (bare[round]?.perSecond ?? 0)));
  const figures = {
    barePerSecond: rate(bare),
    noLogPerSecond: rate(noLog),
    embeddedPerSecond: rate(embedded),
    ratioNoLog: ratio(noLog),
    ratioEmbedded: ratio(embedded),
    p99Ms: median(embedded.map((one) => one.p99Ms)),
  };
  for (const [name, value] of Object.entries(figures)) say(`${name} ${value.toPrecision(4)}`);
  return figures;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
