// A wake-up call between appends and the consumers that wait for them, within one process.

export interface Wake {
  notify(): void;
  /** Resolves at the next notify, after `timeoutMs`, or when the signal aborts; never rejects. */
  wait(timeoutMs: number, signal: AbortSignal): Promise<void>;
}

export function createWake(): Wake {
  const sleepers = new Set<() => void>();
  return {
    notify: () => {
      for (const wakeUp of sleepers) wakeUp();
    },
    wait: (timeoutMs, signal) =>
      new Promise((resolve) => {
        const wakeUp = () => {
          sleepers.delete(wakeUp);
          clearTimeout(timer);
          signal.removeEventListener('abort', wakeUp);
          resolve();
        };
        const timer = setTimeout(wakeUp, timeoutMs);
        sleepers.add(wakeUp);
        if (signal.aborted) wakeUp();
        else signal.addEventListener('abort', wakeUp);
      }),
  };
}
