// Keeps whatever goes wrong in the SDK away from the host: counted, told in debug mode, never thrown.
import type { DebugMessage, MonitorOptions } from './options.ts';

export interface ErrorBoundary {
  /** How often something was caught. */
  readonly caught: () => number;
  failed(error: unknown): void;
  /** Calls, and answers `otherwise` where that throws. */
  run<T>(act: () => T, otherwise: T): T;
  /** What others call back, so that it throws nothing at them. */
  guard<A extends readonly unknown[], T>(act: (...given: A) => T): (...given: A) => T | undefined;
  /** Debug mode only. What the host's own listener throws is its own affair, yet not ours to pass. */
  tell(message: DebugMessage): void;
}

export function createErrorBoundary(options: Pick<MonitorOptions, 'debug'>): ErrorBoundary {
  let count = 0;
  const boundary: ErrorBoundary = {
    caught: () => count,
    failed(error) {
      count += 1;
      boundary.tell({ type: 'failed', error });
    },
    guard:
      (act) =>
      (...given) =>
        boundary.run(() => act(...given), undefined),
    run(act, otherwise) {
      try {
        return act();
      } catch (error) {
        boundary.failed(error);
        return otherwise;
      }
    },
    tell(message) {
      try {
        const { debug } = options; // Whatever the page gave in their place.
        if (!debug) return;
        if (typeof debug === 'function') debug(message);
        else console.info('[retour]', message.type, message);
      } catch {
        count += 1;
      }
    },
  };
  return boundary;
}
