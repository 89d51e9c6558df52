// What carries bodies to a collector, as the outbox asks for it and the platform gives it. Types only,
// so that the two rooms need not know each other.

/** What came back. */
export interface Answer {
  /** HTTP status; 0 where there was no readable answer: the outcome is unknown. */
  readonly status: number;
  readonly body: string;
  /** The Retry-After header as it stands, where it could be read. */
  readonly retryAfter?: string | null;
  /** From the send to the answer, ms. */
  readonly rttMs: number;
}

export interface Transport {
  /**
   * Sends, and calls `done` exactly once: later, with status 0 at the latest after its time limit; or at
   * once when the answer is called, which takes back what has not left yet.
   */
  post(url: string, body: string, done: (answer: Answer) => void): () => void;
  /**
   * Hands over what leaves while the page may end, its answer unread; `last` also tries what is only
   * worth trying when a smaller body will not do. False: nobody took it.
   */
  leave(url: string, body: string, last: boolean): boolean;
}

/** Timers, so that a test may hold the time. */
export interface Timers {
  /** Calls back once after `ms`; returns what cancels it. */
  after(ms: number, callback: () => void): () => void;
}
