// The Log: where an accepted beacon becomes durable. lmdb serves the embedded mode and Kafka the
// scaled-out one behind this one interface; no feature may exist in one of them only.

/**
 * `beacons`: accepted bodies with their enrichment. `rejected`: what was refused, with its reason.
 * `control`: the control log, one partition, never expired.
 */
export const TOPICS = ['beacons', 'rejected', 'control'] as const;
export type Topic = (typeof TOPICS)[number];

export interface NewRecord {
  /** Partition key: the view id for beacons, so that one view's rows meet one writer. */
  readonly key: string;
  readonly value: Uint8Array;
}

export interface LogRecord {
  readonly partition: number;
  /** Ascending within its partition, without being dense. */
  readonly offset: number;
  /** When the log took it: epoch ms of the log's own clock. */
  readonly at: number;
  readonly key: string;
  readonly value: Uint8Array;
}

export interface Batch {
  readonly topic: Topic;
  readonly partition: number;
  /** In offset order, never empty. */
  readonly records: readonly LogRecord[];
}

/**
 * Takes one batch. Its offsets are committed when the promise resolves; when it rejects, the same
 * records come again after a pause. So whatever it does must bear being done twice.
 */
export type BatchHandler = (batch: Batch) => Promise<void>;

export interface ConsumeOptions {
  /** Cursor name: consumers of one group share its cursor. */
  readonly group: string;
  readonly handler: BatchHandler;
  /** Bounds of one batch; whichever comes first. */
  readonly maxRecords?: number;
  readonly maxBytes?: number;
}

export interface Consumer {
  /** Stops after the batch in hand is done and committed. */
  stop(): Promise<void>;
}

/** How far a group is behind. */
export interface Lag {
  readonly records: number;
  /** Age of the oldest record not committed, ms; 0 when there is none. */
  readonly oldestMs: number;
}

export interface Log {
  /**
   * Appends all or nothing, in order. Resolves only when the records survive a power cut.
   * @throws LogRefusal when full or failing; nothing was appended then.
   */
  append(topic: Topic, records: readonly NewRecord[]): Promise<readonly LogPosition[]>;
  /** Starts a consumer at its group's cursor (a new group starts at the oldest record). */
  consume(topic: Topic, options: ConsumeOptions): Consumer;
  /** Reads once from a position (default: the oldest) to the end as it stood at the call. */
  read(topic: Topic, from?: LogPosition): AsyncIterable<LogRecord>;
  /** Moves a stopped group's cursor back to the first record younger than `at` (epoch ms). */
  rewind(topic: Topic, group: string, at: number): Promise<void>;
  lag(topic: Topic, group: string): Promise<Lag>;
  /** Resolves when an append would be durable now; rejects with the LogRefusal it would meet. */
  ready(): Promise<void>;
  /** Waits for appends under way, then closes. */
  close(): Promise<void>;
}

export interface LogPosition {
  readonly partition: number;
  readonly offset: number;
}

/** Why an append was not taken: the answer is 503 with Retry-After, and nothing was kept. */
export class LogRefusal extends Error {
  override readonly name = 'LogRefusal';
  readonly code: 'log_full' | 'log_failing';
  readonly retryAfterS: number;

  constructor(code: LogRefusal['code'], message: string, retryAfterS: number) {
    super(message);
    this.code = code;
    this.retryAfterS = retryAfterS;
  }
}
