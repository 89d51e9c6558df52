// A port that writes down what an adapter emits, on a clock that the test moves.
import type { Port } from '../src/adapters/adapter.ts';
import type { Signal, SignalType } from '../src/contract/signal.ts';

export interface RecordedPort extends Port {
  at: number;
  readonly signals: Signal[];
  readonly failures: unknown[];
  /** All but the samples, which come with everything; without their time. */
  told(): object[];
  count(type: SignalType): number;
}

export function createRecordedPort(): RecordedPort {
  const signals: Signal[] = [];
  const failures: unknown[] = [];
  const port: RecordedPort = {
    at: 1000,
    signals,
    failures,
    now: () => port.at,
    emit(type, facts) {
      signals.push({ type, at: port.at, ...facts } as Signal); // Facts are of that type.
    },
    failed: (error) => failures.push(error),
    told: () =>
      signals.filter(({ type }) => type !== 'sample').map(({ at: _, ...signal }) => signal),
    count: (type) => signals.filter((signal) => signal.type === type).length,
  };
  return port;
}
