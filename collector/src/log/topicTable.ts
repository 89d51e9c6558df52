// One topic's records in the lmdb file: append, read, find by time, trim. What changes a table runs
// inside a write transaction; it never removes a record that a living group has yet to read.
import {
  decodeEntry,
  encodeEntry,
  entrySizeBytes,
  type LmdbFile,
  type TopicState,
} from './lmdbFile.ts';
import { type LogRecord, LogRefusal, type NewRecord, type Topic } from './log.ts';

/** One partition in embedded mode. */
export const PARTITION = 0;
/** One transaction trims no more than this, so that it stays short. */
const MAX_TRIM_RECORDS = 2_000;
const FULL_RETRY_S = 10;
/** Room that counts as ready: one ordinary beacon. */
const READY_BYTES = 4096;

/** How long and how much a topic keeps, whichever is reached first. */
export interface Retention {
  readonly ms: number;
  /** Disk bytes. Where nothing may be trimmed, appends are refused at this size. */
  readonly bytes: number;
}

export interface ReadBounds {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly maxRecords: number;
  readonly maxBytes: number;
}

export interface TopicTable {
  state(): TopicState;
  /**
   * In a transaction. The floor is looked up only when room must be made. @throws LogRefusal before
   * it writes. Returns the offset of the first record.
   */
  append(records: readonly NewRecord[], now: number, floor: () => number): number;
  /** In a transaction. Trims by age and size what lies below `floor`; returns how many. */
  trim(now: number, floor: number): number;
  /** In a transaction, for no record at all: what an append would meet. @throws LogRefusal */
  assertRoom(floor: () => number): void;
  read(bounds: ReadBounds): LogRecord[];
  /** Offset of the first record younger than `at`; `next` when there is none. */
  firstYoungerThan(at: number): number;
}

const EMPTY: TopicState = { first: 0, next: 0, sizeBytes: 0, lastAt: 0, createdAt: 0 };

export function createTopicTable(file: LmdbFile, topic: Topic, retention: Retention): TopicTable {
  const entries = file.entries[topic];
  const state = () => file.state(topic) ?? EMPTY;
  const save = (next: TopicState) => file.saveState(topic, next);

  // Removes from the oldest on while `due` says so.
  const removeOldest = (floor: number, due: (sizeBytes: number, at: number) => boolean) => {
    const { first, next, sizeBytes, ...rest } = state();
    const end = Math.min(floor, next, first + MAX_TRIM_RECORDS);
    let keptBytes = sizeBytes;
    let offset = first;
    for (; offset < end; offset += 1) {
      const bytes = entries.getBinary(offset);
      if (bytes && !due(keptBytes, decodeEntry(bytes).at)) break;
      keptBytes -= bytes ? entrySizeBytes(bytes.length) : 0;
      entries.remove(offset);
    }
    if (offset > first) save({ first: offset, next, sizeBytes: keptBytes, ...rest });
    return offset - first;
  };

  const makeRoom = (neededBytes: number, floor: () => number) => {
    if (state().sizeBytes + neededBytes <= retention.bytes) return;
    removeOldest(floor(), (sizeBytes) => sizeBytes + neededBytes > retention.bytes);
    const { sizeBytes } = state();
    if (sizeBytes + neededBytes > retention.bytes)
      throw new LogRefusal(
        'log_full',
        `topic ${topic} holds ${sizeBytes} of ${retention.bytes} bytes and its readers need them all`,
        FULL_RETRY_S,
      );
  };

  return {
    state,
    append: (records, now, floor) => {
      const at = Math.max(now, state().lastAt);
      const encoded = records.map((record) => encodeEntry(at, record));
      const sizeBytes = encoded.reduce((sum, entry) => sum + entrySizeBytes(entry.length), 0);
      makeRoom(sizeBytes, floor);
      const before = state();
      encoded.forEach((entry, index) => {
        entries.putSync(before.next + index, entry, { append: true });
      });
      save({
        first: before.first,
        next: before.next + records.length,
        sizeBytes: before.sizeBytes + sizeBytes,
        lastAt: at,
        createdAt: before.createdAt || at,
      });
      return before.next;
    },
    trim: (now, floor) =>
      removeOldest(
        floor,
        (sizeBytes, at) => sizeBytes > retention.bytes || at < now - retention.ms,
      ),
    assertRoom: (floor) => makeRoom(READY_BYTES, floor),
    read: (bounds) => readRecords(entries, bounds),
    firstYoungerThan: (at) => {
      let { first: low, next: high } = state();
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        const bytes = entries.getBinary(middle);
        if (bytes && decodeEntry(bytes).at > at) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
}

function readRecords(entries: LmdbFile['entries'][Topic], bounds: ReadBounds): LogRecord[] {
  const records: LogRecord[] = [];
  let sizeBytes = 0;
  const range = entries.getRange({ start: bounds.from, end: bounds.to, limit: bounds.maxRecords });
  for (const { key: offset, value: bytes } of range) {
    // At least one, however big: a bound must not stop the reader for ever.
    if (records.length > 0 && sizeBytes + bytes.length > bounds.maxBytes) break;
    sizeBytes += bytes.length;
    records.push({ partition: PARTITION, offset, ...decodeEntry(bytes) });
  }
  return records;
}
