// The lmdb file under the embedded log: how it is opened, its tables, and the layout of one entry.
// It must never answer a write before the disk has it: see docs/decisions/0001-embedded-log.md.
import { type Database, open, type RootDatabase } from 'lmdb';
import type { NewRecord, Topic } from './log.ts';

/** 8 KiB pages hold two beacons of 3 kB; the usual 4 KiB would give each a page of its own. */
const PAGE_BYTES = 8192;
/** Address space beyond twice the retention bounds; it costs nothing until it is written. */
const SLACK_BYTES = 2 ** 30;
/** Bytes of lmdb's node header and key, and of our own head, beside the record's key and value. */
const ENTRY_OVERHEAD_BYTES = 40;

/** What is known of one topic; changes only inside a write transaction. */
export interface TopicState {
  /** Offset of the oldest record kept, and the one that the next record gets. */
  readonly first: number;
  readonly next: number;
  /** Disk bytes of the records kept, by `entrySizeBytes`. */
  readonly sizeBytes: number;
  /** Time of the newest record: times never go back within a topic. */
  readonly lastAt: number;
  /** When the topic took its first record; 0 before. */
  readonly createdAt: number;
}

export interface LmdbFile {
  readonly entries: Readonly<Record<Topic, Database<Uint8Array, number>>>;
  /** What is known of a topic; undefined before its first record. */
  state(topic: Topic): TopicState | undefined;
  /** In a transaction. Written once at its end, however many jobs of a group save it. */
  saveState(topic: Topic, state: TopicState): void;
  /** Cursors under `[topic, group]`. */
  readonly cursors: Database<unknown, [string, string]>;
  /** Runs `work` in one write transaction; resolves once it is on the disk, rejects with nothing kept. */
  transact(work: () => void): Promise<void>;
  /** In a transaction: writes something, so that the commit has to reach the disk. */
  probe(now: number): void;
  /** Sees from here on what other processes have committed. */
  refresh(): void;
  /** Frees the snapshots of readers that died; without it they would pin old pages for ever. */
  dropDeadReaders(): void;
  close(): Promise<void>;
}

export function openLmdbFile(directory: string, keptBytes: number): LmdbFile {
  const root: RootDatabase = open({
    path: directory,
    noSubdir: false,
    pageSize: PAGE_BYTES,
    mapSize: Math.ceil((2 * keptBytes + SLACK_BYTES) / PAGE_BYTES) * PAGE_BYTES,
    // The commit then syncs within the transaction, and its promise means that the sync returned.
    overlappingSync: false,
    // With it a failed commit also rejects a promise that nobody holds, which would end the process.
    eventTurnBatching: false,
    maxReaders: 256,
    encoding: 'json',
  });
  const probes = root.openDB<number, string>({ name: 'probes', encoding: 'json' });
  const topics = root.openDB<TopicState, string>({ name: 'topics', encoding: 'json' });
  // The states that the transaction under way has saved; it runs without awaiting, so nobody else
  // sees them, and they are forgotten whether it works or throws.
  let saved: Map<Topic, TopicState> | undefined;
  const openEntries = (topic: Topic) =>
    root.openDB<Uint8Array, number>({ name: topic, encoding: 'binary' });
  return {
    entries: {
      beacons: openEntries('beacons'),
      rejected: openEntries('rejected'),
      control: openEntries('control'),
    },
    state: (topic) => saved?.get(topic) ?? topics.get(topic),
    saveState: (topic, state) => {
      if (saved === undefined) throw new Error('a topic changes only inside a transaction');
      saved.set(topic, state);
    },
    cursors: root.openDB<unknown, [string, string]>({ name: 'cursors', encoding: 'json' }),
    // A child transaction, because only that one is undone when `work` throws.
    transact: async (work) => {
      const workOnce = () => {
        saved = new Map();
        try {
          work();
          for (const [topic, state] of saved) topics.put(topic, state);
        } finally {
          saved = undefined;
        }
      };
      await root.childTransaction(workOnce).catch(rethrowCause);
    },
    probe: (now) => {
      probes.put('at', now);
    },
    refresh: () => root.resetReadTxn(),
    dropDeadReaders: () => {
      root.readerCheck();
    },
    close: () => root.close(),
  };
}

/** A failed commit names its cause in a second promise, which must be taken or it ends the process. */
async function rethrowCause(error: unknown): Promise<never> {
  if (error instanceof Error && 'commitError' in error) await error.commitError;
  throw error;
}

export interface Entry {
  readonly at: number;
  readonly key: string;
  readonly value: Uint8Array;
}

const HEAD_BYTES = 10;

/** Time as float64, length of the key as uint16, key, value; big-endian. */
export function encodeEntry(at: number, { key, value }: NewRecord): Uint8Array {
  const keyBytes = Buffer.byteLength(key);
  const entry = Buffer.allocUnsafe(HEAD_BYTES + keyBytes + value.length);
  entry.writeDoubleBE(at, 0);
  entry.writeUInt16BE(keyBytes, 8);
  entry.write(key, HEAD_BYTES);
  entry.set(value, HEAD_BYTES + keyBytes);
  return entry;
}

export function decodeEntry(bytes: Uint8Array): Entry {
  const entry = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const valueStart = HEAD_BYTES + entry.readUInt16BE(8);
  return {
    at: entry.readDoubleBE(0),
    key: entry.toString('utf8', HEAD_BYTES, valueStart),
    value: new Uint8Array(bytes.buffer, bytes.byteOffset + valueStart, bytes.length - valueStart),
  };
}

/** Disk bytes of one entry: what is over half a page gets whole pages. */
export function entrySizeBytes(entryBytes: number): number {
  const bytes = entryBytes + ENTRY_OVERHEAD_BYTES;
  return bytes <= PAGE_BYTES / 2 ? bytes : Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
}
