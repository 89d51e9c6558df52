// A port that writes down what an adapter emits, on a clock that the test moves.
import type { Port } from '../src/adapters/adapter.ts';
import type { Signal, SignalType } from '../src/contract/signal.ts';

export interface RecordedPort extends Port {
  at: number;
  adBreak: boolean;
  readonly signals: Signal[];
  readonly failures: unknown[];
  /** Key systems. */
  readonly described: string[];
  /** The elements that are watched now. */
  readonly claimed: ReadonlySet<HTMLMediaElement>;
  /** All but the samples, which come with everything; without their time. */
  told(): object[];
  count(type: SignalType): number;
  /** Everybody has heard of what happened last. */
  settled(): Promise<void>;
}

export function createRecordedPort(): RecordedPort {
  const signals: Signal[] = [];
  const failures: unknown[] = [];
  const described: string[] = [];
  const claimed = new Set<HTMLMediaElement>();
  const port: RecordedPort = {
    at: 1000,
    adBreak: false,
    signals,
    failures,
    described,
    claimed,
    drm: (system) => described.push(system),
    inAdBreak: () => port.adBreak,
    claim: (media) => {
      claimed.add(media);
      return () => claimed.delete(media);
    },
    now: () => port.at,
    emit(type, facts) {
      signals.push({ type, at: port.at, ...facts } as Signal); // Facts are of that type.
    },
    failed: (error) => failures.push(error),
    told: () =>
      signals.filter(({ type }) => type !== 'sample').map(({ at: _, ...signal }) => signal),
    count: (type) => signals.filter((signal) => signal.type === type).length,
    settled: () => new Promise((resolve) => setTimeout(resolve)),
  };
  return port;
}
