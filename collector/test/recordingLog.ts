// A Log that keeps what is appended, for tests that ask what the collector appends and when. It can
// refuse, and it can hold an append until it is told to go on.
import type { Log, LogRefusal, NewRecord, Topic } from '../src/log/log.ts';

export interface RecordingLog extends Log {
  readonly records: Readonly<Record<Topic, NewRecord[]>>;
  /** Refuses from now on, with this; `undefined` takes again. */
  refuse(refusal: LogRefusal | undefined): void;
  /** Holds the appends from now on; the answer lets them go. */
  hold(): () => void;
}

export function createRecordingLog(): RecordingLog {
  const records: Record<Topic, NewRecord[]> = { beacons: [], rejected: [], control: [] };
  let refusal: LogRefusal | undefined;
  let gate: Promise<void> = Promise.resolve();
  return {
    records,
    refuse: (given) => {
      refusal = given;
    },
    hold: () => {
      const { promise, resolve } = withResolvers();
      gate = promise;
      return resolve;
    },
    append: async (topic, appended) => {
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
