// A source reads something again and again for as long as anyone listens, one reading at a time,
// once a period or whenever it is asked to. Nobody listening: nothing is read.

export interface Source<T> {
  /** What was read last; null before the first reading. */
  latest(): T | null;
  /** Whether the last reading failed: then `latest` is older than it should be. */
  failed(): boolean;
  /** Calls back after every reading, failed or not. Returns the way to leave. */
  listen(listener: () => void): () => void;
  /** Reads now, unless a reading is under way. */
  refresh(): void;
  /** Waits for the reading under way and reads no more. */
  close(): Promise<void>;
}

export interface SourceOptions<T> {
  read(): Promise<T>;
  /** Absent: it reads when someone begins to listen, and when it is asked to. */
  readonly everyMs?: number;
  /** Runs a reading when its turn comes. */
  readonly turn: (task: () => Promise<void>) => Promise<void>;
  readonly onFault: (error: unknown) => void;
  now(): number;
}

export function createSource<T>({
  read,
  everyMs,
  turn,
  onFault,
  now,
}: SourceOptions<T>): Source<T> {
  const listeners = new Set<() => void>();
  let latest: T | null = null;
  let failed = false;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: Promise<void> | undefined;

  function start(): void {
    if (reading !== undefined || timer !== undefined || closed) return;
    const startedAt = now();
    reading = turn(readOnce).finally(() => {
      reading = undefined;
      for (const listener of [...listeners]) listener();
      if (listeners.size === 0 || closed || everyMs === undefined) return;
      timer = setTimeout(
        () => {
          timer = undefined;
          start();
        },
        Math.max(0, everyMs - (now() - startedAt)),
      );
    });
  }

  async function readOnce(): Promise<void> {
    // Its last listener may have left while it waited for its turn.
    if (listeners.size === 0) return;
    try {
      latest = await read();
      failed = false;
    } catch (error) {
      // Told once: an engine that is away fails every second.
      if (!failed) onFault(error);
      failed = true;
    }
  }

  return {
    latest: () => latest,
    failed: () => failed,
    listen(listener) {
      listeners.add(listener);
      start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearTimeout(timer);
        timer = undefined;
      };
    },
    refresh() {
      if (listeners.size > 0) start();
    },
    async close() {
      closed = true;
      listeners.clear();
      clearTimeout(timer);
      await reading;
    },
  };
}
