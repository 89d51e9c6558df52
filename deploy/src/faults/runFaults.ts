// The fault harness: one data directory, the collector, the writer and the engine in processes of
// their own, a load with known truth; kills one of them in each round, then counts and replays.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createStore, type Store } from '@retour/analytics/store';
import { WRITER_GROUP } from '@retour/analytics/writer';
import { createControl, createFirstProperty } from '@retour/collector/control';
import { createEmbeddedLog, type Log, type Topic } from '@retour/collector/log';
import { judgeRows, type Verdict } from './judgeRows.ts';
import { createLedger } from './ledger.ts';
import { type Load, startLoad } from './load.ts';
import { createStage, type Stage, VICTIMS } from './stage.ts';
import { compareFigures, readFigures, readStoredRows, type StoredFigures } from './storedRows.ts';

export interface FaultsOptions {
  /** Is left full: the caller removes it. */
  readonly directory: string;
  readonly rounds: number;
  readonly beaconsPerSecond: number;
  readonly say: (line: string) => void;
}

export interface FaultsReport {
  readonly verdict: Verdict;
  readonly figures: StoredFigures;
  /** Valid beacons only: nothing may be here. */
  readonly rejected: number;
  /** Figures that replaying the whole log has changed: into the same tables, into a fresh engine. */
  readonly changedByReplay: readonly string[];
  readonly changedInFreshEngine: readonly string[];
}

const SENDERS = 12;
/** A kill comes at a random moment of this span, and the load goes on as long after each return. */
const ROUND_MS = { least: 200, most: 1_200 };
const SETTLE_MS = 60_000;
const TOPICS_READ: readonly Topic[] = ['beacons', 'rejected'];

export async function runFaults(options: FaultsOptions): Promise<FaultsReport> {
  const { directory, say } = options;
  await mkdir(join(directory, 'log'), { recursive: true });
  const log = await createEmbeddedLog({ directory: join(directory, 'log'), now: Date.now });
  try {
    const writeKey = await createKey(log);
    const stage = await createStage(directory);
    try {
      return await runOnStage({ ...options, log, stage, writeKey });
    } finally {
      await stage.close();
    }
  } finally {
    await log.close();
    say('all processes ended');
  }
}

interface Running extends FaultsOptions {
  readonly log: Log;
  readonly stage: Stage;
  readonly writeKey: string;
}

async function runOnStage(running: Running): Promise<FaultsReport> {
  const { stage, log, writeKey, beaconsPerSecond, say } = running;
  const ledger = createLedger();
  const url = `http://127.0.0.1:${stage.port}/r/${writeKey}`;
  const load = startLoad({ url, ledger, beaconsPerSecond, senders: SENDERS });
  await runRounds(running, load);
  await load.finish();
  await settle(log);
  const figures = await withStore(stage, readFigures);
  const verdict = judgeRows(ledger.entries(), await withStore(stage, readStoredRows));
  say(
    `accepted ${verdict.accepted}, stored ${verdict.stored}, of these never answered ${verdict.storedUnanswered}`,
  );
  const changedByReplay = compareFigures(figures, await replay(running, 'engine'));
  say(`replayed into the same tables: ${changedByReplay.length} figures changed`);
  const changedInFreshEngine = compareFigures(figures, await replay(running, 'freshEngine'));
  say(`replayed into a fresh engine: ${changedInFreshEngine.length} figures changed`);
  const rejected = Number(figures['rejected.rows_count']);
  return { verdict, figures, rejected, changedByReplay, changedInFreshEngine };
}

async function runRounds({ stage, rounds, say, log }: Running, load: Load): Promise<void> {
  say('round  victim     back after ms  sent  acknowledged  refused  unanswered  behind');
  for (let round = 1; round <= rounds; round += 1) {
    await sleep(ROUND_MS.least + Math.random() * (ROUND_MS.most - ROUND_MS.least));
    // Each of the three in turn, so that none is spared by chance; the moment is random.
    const victim = VICTIMS[round % VICTIMS.length] ?? 'collector';
    const killedAt = performance.now();
    await stage.killAndRestart(victim);
    const backMs = Math.round(performance.now() - killedAt);
    const { sent, acknowledged, refused, unanswered } = load.counts;
    const { records } = await log.lag('beacons', WRITER_GROUP);
    const cells = [round, victim, backMs, sent, acknowledged, refused, unanswered, records];
    const widths = [5, 10, 14, 5, 13, 8, 11, 7];
    say(cells.map((cell, index) => String(cell).padStart(widths[index] ?? 0)).join(' '));
  }
}

/** The whole log once more, from its first record. */
async function replay({ log, stage }: Running, engineName: string): Promise<StoredFigures> {
  await stage.stopWriter();
  for (const topic of TOPICS_READ) await log.rewind(topic, WRITER_GROUP, 0);
  await stage.startWriter(engineName);
  await settle(log);
  return withStore(stage, readFigures);
}

/** Until the writer has committed all that the log holds. */
async function settle(log: Log): Promise<void> {
  const until = Date.now() + SETTLE_MS;
  while (true) {
    const lags = await Promise.all(TOPICS_READ.map((topic) => log.lag(topic, WRITER_GROUP)));
    if (lags.every(({ records }) => records === 0)) return;
    if (Date.now() > until) throw new Error(`the writer is still behind after ${SETTLE_MS} ms`);
    await sleep(50);
  }
}

async function withStore<T>(stage: Stage, use: (store: Store) => Promise<T>): Promise<T> {
  const { url, password } = stage.engine();
  const store = createStore({ url, password, database: 'retour' });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

async function createKey(log: Log): Promise<string> {
  const control = await createControl(log, { now: Date.now });
  const { writeKey } = await createFirstProperty(control, { by: 'faults' });
  await control.stop();
  return writeKey;
}
