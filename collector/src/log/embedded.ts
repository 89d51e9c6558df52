// The Log of the embedded mode: lmdb in one directory, shared by the processes of one installation.
// It must never acknowledge what a power cut could take back.
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { startConsumer } from './consumer.ts';
import { createConsumerSource, DEFAULT_BATCH } from './consumerSource.ts';
import { GROUP_LIFE_MS } from './cursors.ts';
import { createDisk, type Disk, RESERVE_BYTES } from './disk.ts';
import { createGroupCommit, type GroupCommit } from './groupCommit.ts';
import { type LmdbFile, openLmdbFile } from './lmdbFile.ts';
import {
  type Consumer,
  type Log,
  type LogPosition,
  type LogRecord,
  type NewRecord,
  TOPICS,
  type Topic,
} from './log.ts';
import { type LogLogger, STDERR_LOGGER } from './logger.ts';
import { createShelf, type Shelf } from './shelf.ts';
import { PARTITION, type Retention } from './topicTable.ts';
import { startTrimming } from './trimming.ts';

/** Kept a week for replays; the control log for ever, so that only its size is bounded. */
export const DEFAULT_RETENTION: Readonly<Record<Topic, Retention>> = {
  beacons: { ms: 7 * 86_400_000, bytes: 8 * 2 ** 30 },
  rejected: { ms: 7 * 86_400_000, bytes: 2 ** 30 },
  control: { ms: Number.POSITIVE_INFINITY, bytes: 256 * 2 ** 20 },
};

/** One record: a body of 512 KiB fits with its head, and so does the whole in one Kafka message. */
export const MAX_VALUE_BYTES = 2 ** 20;
const MAX_KEY_BYTES = 1024;

export interface EmbeddedLogOptions {
  readonly directory: string;
  readonly now: () => number;
  readonly retention?: { readonly [T in Topic]?: Partial<Retention> };
  readonly logger?: LogLogger;
  /** See GROUP_LIFE_MS. */
  readonly groupLifeMs?: number;
  /** See RESERVE_BYTES. */
  readonly reserveBytes?: number;
}

interface Parts {
  readonly file: LmdbFile;
  readonly disk: Disk;
  readonly group: GroupCommit;
  readonly shelves: Readonly<Record<Topic, Shelf>>;
  now(): number;
}

export async function createEmbeddedLog(options: EmbeddedLogOptions): Promise<Log> {
  const parts = await openParts(options);
  const { file, disk, group, shelves, now } = parts;
  const logger = options.logger ?? STDERR_LOGGER;
  const consumers = new Set<Consumer>();
  const stopTrimming = startTrimming({ ...parts, shelves: Object.values(shelves), logger });
  return {
    append: (topic, records) => append(parts, topic, records),
    consume: (topic, consume) => {
      const source = createConsumerSource(shelves[topic], consume, { ...parts, ...file });
      const { stop } = startConsumer(source, consume.handler, logger);
      const consumer: Consumer = {
        stop: () => stop().finally(() => consumers.delete(consumer)),
      };
      consumers.add(consumer);
      return consumer;
    },
    read: (topic, from) => read(parts, topic, from?.offset ?? 0),
    rewind: (topic, name, at) =>
      group.commit({ sizeBytes: 0, run: () => rewind(shelves[topic], name, { at, now: now() }) }),
    lag: async (topic, name) => {
      file.refresh();
      const { table, cursors } = shelves[topic];
      const { first, next } = table.state();
      const from = Math.max(cursors.get(name)?.offset ?? 0, first);
      const [oldest] = table.read({ from, to: next, maxRecords: 1, maxBytes: 0 });
      return { records: next - from, oldestMs: oldest ? Math.max(0, now() - oldest.at) : 0 };
    },
    ready: () => ready(parts),
    close: async () => {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      await stopTrimming();
      await group.close();
      disk.close();
      await file.close();
    },
  };
}

async function openParts(options: EmbeddedLogOptions): Promise<Parts> {
  const { directory, now, groupLifeMs = GROUP_LIFE_MS, reserveBytes = RESERVE_BYTES } = options;
  const retentionOf = (topic: Topic): Retention => ({
    ...DEFAULT_RETENTION[topic],
    ...options.retention?.[topic],
  });
  await mkdir(directory, { recursive: true });
  const keptBytes = TOPICS.reduce((sum, topic) => sum + retentionOf(topic).bytes, 0);
  const file = openLmdbFile(directory, keptBytes);
  // A synced file helps nobody when the power cut takes its name.
  for (const named of [directory, dirname(directory)]) await syncDirectory(named);
  const disk = await createDisk(directory, reserveBytes);
  const group = createGroupCommit({ transact: file.transact, toRefusal: disk.toRefusal });
  const openShelf = (topic: Topic) =>
    createShelf(file, topic, { retention: retentionOf(topic), groupLifeMs });
  const shelves = {
    beacons: openShelf('beacons'),
    rejected: openShelf('rejected'),
    control: openShelf('control'),
  };
  return { file, disk, group, shelves, now };
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function append(
  { disk, group, shelves, now }: Parts,
  topic: Topic,
  records: readonly NewRecord[],
): Promise<readonly LogPosition[]> {
  if (records.length === 0) return [];
  const { table, floor, wake } = shelves[topic];
  const sizeBytes = checkedSizeBytes(records);
  assertDisk(disk);
  const first = await group.commit({
    sizeBytes,
    run: () => table.append(records, now(), () => floor(now())),
  });
  wake.notify();
  return records.map((_, index) => ({ partition: PARTITION, offset: first + index }));
}

async function* read(
  { file, shelves }: Parts,
  topic: Topic,
  from: number,
): AsyncGenerator<LogRecord> {
  file.refresh();
  const { table } = shelves[topic];
  const to = table.state().next;
  for (let start = from; start < to; ) {
    const records = table.read({ ...DEFAULT_BATCH, from: start, to });
    const last = records.at(-1);
    if (last === undefined) return;
    yield* records;
    start = last.offset + 1;
  }
}

function rewind(
  { table, cursors }: Shelf,
  group: string,
  { at, now }: { at: number; now: number },
) {
  const cursor = cursors.get(group);
  if (cursor === undefined) return; // A new group starts at the oldest record anyway.
  const offset = Math.min(cursor.offset, table.firstYoungerThan(at));
  cursors.put(group, { offset, seenAt: now });
}

async function ready({ file, disk, group, shelves, now }: Parts): Promise<void> {
  assertDisk(disk);
  await group.commit({
    sizeBytes: 0,
    run: () => {
      for (const { table, floor } of Object.values(shelves)) table.assertRoom(() => floor(now()));
      file.probe(now()); // So that the answer has been to the disk and back.
    },
  });
}

function assertDisk(disk: Disk): void {
  const refusal = disk.fullness();
  if (refusal) throw refusal;
}

/** The callers have bounded their bodies long before: more is a programmer's error. */
function checkedSizeBytes(records: readonly NewRecord[]): number {
  return records.reduce((sum, { key, value }) => {
    if (value.length > MAX_VALUE_BYTES)
      throw new RangeError(
        `a log record holds at most ${MAX_VALUE_BYTES} bytes, not ${value.length}`,
      );
    if (Buffer.byteLength(key) > MAX_KEY_BYTES)
      throw new RangeError(`a log record's key holds at most ${MAX_KEY_BYTES} bytes`);
    return sum + value.length;
  }, 0);
}
