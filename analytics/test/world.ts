// A real engine with the real tables and rows as the writer makes them, for tests of figures. Ends
// with `close`: no process, port or file stays behind.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BeaconHead } from '@retour/collector/log';
import {
  type Beacon,
  type Context,
  decodeRow,
  SLICE_POSITIONS,
  type Slice,
  SUMMARY_POSITIONS,
  type Summary,
  TIMED_STATES,
  type ViewEvent,
} from '@retour/player-sdk/contract';
import { createReader, type Reader } from '../src/query/reader.ts';
import { createStore, type Store } from '../src/store/createStore.ts';
import { createEngine } from '../src/store/engine/createEngine.ts';
import { insertRows } from '../src/writer/insertRows.ts';
import { toRows } from '../src/writer/rows/toRows.ts';
import { sampleBeacon, sampleRecord, sampleView } from '../src/writer/testing/sampleRecords.ts';
import { DEFAULT_WRITER_LIMITS } from '../src/writer/writerLimits.ts';

/** The first cell of every case: on the grid, at the full minute. */
export const START = 1_800_000_000_000;

const EMPTY_SLICE = decodeRow(SLICE_POSITIONS, []);
const EMPTY_SUMMARY = decodeRow(SUMMARY_POSITIONS, []);

/** One view of a case: what is not said is empty; slice k begins in cell k and ends playing. */
export interface ViewFacts {
  readonly view?: string;
  readonly slices: readonly Partial<Slice>[];
  readonly events?: readonly ViewEvent[];
  readonly summary?: Partial<Summary>;
  readonly context?: Partial<Context>;
  readonly country?: string;
}

export interface World {
  readonly store: Store;
  readonly reader: Reader;
  put(property: string, views: readonly ViewFacts[]): Promise<void>;
  close(): Promise<void>;
}

export async function createWorld(): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), 'retour-figures-'));
  const engine = await createEngine({ directory });
  const store = createStore({ url: engine.url, password: engine.password, database: 'retour' });
  await store.migrate();
  let made = 0;
  return {
    store,
    reader: createReader(store),
    async put(property, views) {
      const records = views.map((facts) => {
        made += 1;
        return toRecord(property, facts, made);
      });
      const rows = records.map((record) => toRows(record, DEFAULT_WRITER_LIMITS));
      const rejects = rows.flatMap((each) => each.rejects.map(({ head }) => head));
      if (rejects.length > 0) throw new Error(`rejected: ${JSON.stringify(rejects[0])}`);
      await insertRows(store, rows);
    },
    async close() {
      await store.close();
      await engine.stop(0);
      await rm(directory, { recursive: true });
    },
  };
}

function toRecord(property: string, facts: ViewFacts, number: number) {
  const beacon = toBeacon(facts, facts.view ?? sampleView(number));
  const head: Partial<BeaconHead> = { property, receivedAt: START + 600_000 };
  const sample = sampleRecord(beacon, head);
  if (facts.country === undefined) return sample;
  const text = new TextDecoder().decode(sample.value);
  const value = new TextEncoder().encode(
    text.replace('"country":"FR"', `"country":${JSON.stringify(facts.country)}`),
  );
  return { ...sample, value };
}

function toBeacon({ slices, events, summary, context }: ViewFacts, view: string): Beacon {
  const sample = sampleBeacon(view);
  return {
    ...sample,
    ctx: { ...sample.ctx, ...context },
    slices: slices.map((facts, k) => ({
      ...EMPTY_SLICE,
      k: facts.k ?? k,
      start: START + (facts.k ?? k) * 10_000,
      durationMs: TIMED_STATES.reduce((sum, state) => sum + (facts[`${state}Ms`] ?? 0), 0),
      endState: 2,
      ...facts,
    })),
    events: events ?? [],
    ...(summary !== undefined && {
      summary: { ...EMPTY_SUMMARY, start: START, last: START + 10_000, ...summary },
    }),
  };
}
