// A Log that keeps what is appended, for tests that ask what the collector appends and when. It can
// refuse, and it can hold an append until it is told to go on.
import type { Log, LogRefusal, NewRecord, Topic } from '../src/log/log.ts';

export interface RecordingLog extends Log {
  readonly records: Readonly<Record<Topic, NewRecord[]>>;
  /** Refuses from now on, with this; `undefined` takes again. */
  refuse(refusal: LogRefusal | undefined): void;
  /** Holds the appends from now on. */
  hold(): Hold;
}

export interface Hold {
  /** Resolves when an append waits. */
  readonly reached: Promise<void>;
  /** Lets the appends go. */
  readonly release: () => void;
}

export function createRecordingLog(): RecordingLog {
  const records: Record<Topic, NewRecord[]> = { beacons: [], rejected: [], control: [] };
  let refusal: LogRefusal | undefined;
  let gate: Promise<void> = Promise.resolve();
  let reach = () => {};
  return {
    records,
    refuse: (given) => {
      refusal = given;
    },
    hold: () => {
      const open = withResolvers();
      const reached = withResolvers();
      gate = open.promise;
      reach = reached.resolve;
      return { reached: reached.promise, release: open.resolve };
    },
    append: async (topic, appended) => {
      reach();
      await gate;
      if (refusal !== undefined) throw refusal;
      records[topic].push(...appended);
      return appended.map((_, offset) => ({ partition: 0, offset }));
    },
    ready: async () => {
      if (refusal !== undefined) throw refusal;
    },
    consume: () => ({ stop: async () => undefined }),
    read: async function* () {},
    rewind: async () => undefined,
    lag: async () => ({ records: 0, oldestMs: 0 }),
    close: async () => undefined,
  };
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
