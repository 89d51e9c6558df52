// A port that writes down what an adapter emits, on a clock that the test moves.
import type { Description, Port } from '../src/adapters/adapter.ts';
import type { Signal, SignalType } from '../src/contract/signal.ts';

export interface RecordedPort extends Port {
  at: number;
  readonly signals: Signal[];
  readonly failures: unknown[];
  readonly described: Description[];
  /** All but the samples, which come with everything; without their time. */
  told(): object[];
  count(type: SignalType): number;
}

export function createRecordedPort(): RecordedPort {
  const signals: Signal[] = [];
  const failures: unknown[] = [];
  const described: Description[] = [];
  const port: RecordedPort = {
    at: 1000,
    signals,
    failures,
    described,
    describe: (description) => described.push(description),
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
