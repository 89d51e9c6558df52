// The order of things, with a log and a store that write down what is done to them.
import type {
  Batch,
  BatchHandler,
  ConsumeOptions,
  Log,
  NewRecord,
  Topic,
} from '@retour/collector/log';
import { decodeRecord, type RejectHead } from '@retour/collector/log';
import { afterEach, describe, expect, it } from 'vitest';
import type { InsertOptions } from '../store/createStore.ts';
import { DEFAULT_RETENTION_DAYS } from '../store/retention.ts';
import { StoreError } from '../store/storeError.ts';
import { createWriter, type Writer, type WriterOptions } from './createWriter.ts';
import { sampleBeacon, sampleRecord, sampleSlice, sampleView } from './testing/sampleRecords.ts';

const writers: Writer[] = [];

afterEach(async () => {
  for (const writer of writers.splice(0)) await writer.stop();
});

interface World {
  readonly done: string[];
  /** Hands a batch to the writer as a log does: commits when it is taken. */
  readonly hand: (batch: Batch) => Promise<void>;
  /** What the next inserts do, in turn; then all succeed. */
  readonly inserts: (() => Promise<void>)[];
  readonly rejected: NewRecord[];
  readonly killEngine: () => void;
}

async function start(options: Partial<WriterOptions> = {}): Promise<World> {
  const done: string[] = [];
  const inserts: World['inserts'] = [];
  const rejected: NewRecord[] = [];
  const handlers = new Map<Topic, BatchHandler>();
  let killed = (): void => undefined;
  const log: Log = {
    append: async (topic, records) => {
      done.push(`append ${topic}`);
      rejected.push(...records);
      return [];
    },
    consume: (topic: Topic, { handler }: ConsumeOptions) => {
      done.push(`consume ${topic}`);
      handlers.set(topic, handler);
      return { stop: async () => void done.push(`stop ${topic}`) };
    },
    rewind: async (topic, _, at) => void done.push(`rewind ${topic} to ${at}`),
    lag: async () => ({ records: 0, oldestMs: 0 }),
    read: async function* () {},
    ready: async () => undefined,
    close: async () => undefined,
  };
  const store = {
    retentionDays: DEFAULT_RETENTION_DAYS,
    insert: async ({ table, lines }: InsertOptions) => {
      if (lines.length === 0) return;
      await inserts.shift()?.();
      done.push(`insert ${table} ${lines.length}`);
    },
  };
  const engine = {
    startedUnclean: false,
    onUncleanStop: (listener: () => void) => {
      killed = listener;
      return () => undefined;
    },
  };
  const limits = { paceMs: 0 };
  writers.push(
    await createWriter({ log, store, engine, now: () => 1_000_000, limits, ...options }),
  );
  return {
    done,
    inserts,
    rejected,
    killEngine: () => killed(),
    async hand(batch) {
      await handlers.get(batch.topic)?.(batch);
      done.push('commit');
    },
  };
}

function batchOf(...views: readonly number[]): Batch {
  const records = views.map((view, offset) =>
    sampleRecord(sampleBeacon(sampleView(view), { slices: [sampleSlice(0)] }), {}, offset),
  );
  return { topic: 'beacons', partition: 0, records };
}

const away = async (): Promise<void> => {
  throw new StoreError('unavailable', 'away');
};
const refuse = async (): Promise<void> => {
  throw new StoreError('refused', 'Cannot parse', { code: 27 });
};

describe('createWriter', () => {
  it('commits only after every insert has succeeded', async () => {
    const { done, hand, inserts } = await start();
    let finish = (): void => undefined;
    inserts.push(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    const taken = hand(batchOf(1, 2));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(done).not.toContain('commit');
    finish();
    await taken;
    expect(done.at(-1)).toBe('commit');
    expect(done.filter((step) => step.startsWith('insert')).toSorted()).toEqual([
      'insert contexts 2',
      'insert labels 1',
      'insert slices 2',
    ]);
  });

  it('neither commits nor rejects while the engine is away', async () => {
    const { done, hand, inserts, rejected } = await start();
    inserts.push(away);
    await expect(hand(batchOf(1))).rejects.toMatchObject({ kind: 'unavailable' });
    expect([done.includes('commit'), rejected]).toEqual([false, []]);
    await hand(batchOf(1));
    expect(done.at(-1)).toBe('commit');
  });

  it('rejects before it commits, and only the record that stands alone', async () => {
    const { done, hand, inserts, rejected } = await start();
    // The pair is refused, then the first alone; the second alone is taken.
    inserts.push(
      refuse,
      async () => undefined,
      async () => undefined,
      refuse,
    );
    await hand(batchOf(1, 2));
    expect(rejected).toHaveLength(1);
    const { head, body } = decodeRecord<RejectHead>(rejected[0]?.value ?? new Uint8Array());
    expect(head).toMatchObject({ stage: 'writer', reason: 'refused_by_engine', property: 'demo' });
    expect(Buffer.from(body).toString()).toContain(sampleView(1));
    expect(done.slice(-2)).toEqual(['append rejected', 'commit']);
    expect(done).toContain('insert slices 1');
  });

  it('makes no row of what it wrote lately, but for slices and views', async () => {
    const { done, hand } = await start();
    await hand(batchOf(1));
    done.length = 0;
    await hand(batchOf(1));
    expect(done).toEqual(['insert slices 1', 'commit']);
  });

  it('goes back in the log when the engine ended uncleanly, and writes all again', async () => {
    const { done, hand, killEngine } = await start({ limits: { paceMs: 0, rewindMs: 60_000 } });
    await hand(batchOf(1));
    done.length = 0;
    killEngine();
    await expect
      .poll(() => done)
      .toEqual([
        'stop beacons',
        'stop rejected',
        'rewind beacons to 940000',
        'rewind rejected to 940000',
        'consume beacons',
        'consume rejected',
      ]);
    done.length = 0;
    await hand(batchOf(1));
    expect(done).toContain('insert contexts 1');
  });

  it('puts portions of a large batch in, one after the other, and commits once', async () => {
    const { done, hand } = await start({ limits: { paceMs: 0, rows: 2 } });
    await hand(batchOf(1, 2, 3, 4, 5));
    const slices = done.filter((step) => step.startsWith('insert slices'));
    expect(slices).toEqual(['insert slices 2', 'insert slices 2', 'insert slices 1']);
    expect(done.filter((step) => step === 'commit')).toHaveLength(1);
  });

  it('refuses a horizon that the tables do not outlive', async () => {
    const limits = { latenessHorizonMs: 30 * 86_400_000 };
    await expect(start({ limits })).rejects.toThrow(
      'slices must be kept for at least 31 days, not 30',
    );
  });

  it('keeps a record of the rejected topic that is none, under a reason of its own', async () => {
    const lines: string[] = [];
    const store = {
      retentionDays: DEFAULT_RETENTION_DAYS,
      insert: async (insert: InsertOptions) => void lines.push(...insert.lines),
    };
    const { hand } = await start({ store });
    const [record] = batchOf(1).records;
    expect.assert(record !== undefined);
    await hand({
      topic: 'rejected',
      partition: 0,
      records: [{ ...record, value: new Uint8Array([0xff, 1]) }],
    });
    expect(lines).toEqual([expect.stringContaining('"writer","unreadable"')]);
    expect(lines[0]).toContain('"base64","/wE="');
  });
});
