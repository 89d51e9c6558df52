// What the engine's process and its parent say to each other over the IPC channel. The password
// travels here, so that neither the command line nor the environment shows it.

export interface OpenEngine {
  readonly type: 'open';
  readonly directory: string;
  readonly password: string;
  /** 0: any free one. A restart asks for the port it had, so that the URL stays. */
  readonly port: number;
  readonly limits: EngineLimits;
}

export interface EngineLimits {
  /** Statements that write, and those that read, at once. */
  readonly writers: number;
  readonly readers: number;
  /** Requests that may wait for a place, of each kind; beyond it 503. */
  readonly queue: number;
  /** Longest run of any statement, s. A request may ask for less or more. */
  readonly executionS: number;
  /** Most memory of one statement, bytes. */
  readonly memoryBytes: number;
  /** Largest body, bytes, after gunzip. Beyond: 413. */
  readonly bodyBytes: number;
}

/** Drain, close, exit. What still runs after `drainMs` is killed. */
export interface StopEngine {
  readonly type: 'stop';
  readonly drainMs: number;
}

/**
 * Stands in the directory while an engine runs there and holds its parent's process id: found at the
 * start, the last end was unclean.
 */
export const RUNNING_MARKER = 'retour-engine-running';

export type ToEngine = OpenEngine | StopEngine;

export interface EngineReady {
  readonly type: 'ready';
  readonly port: number;
  /** The last run on this directory did not end by `stop`: its newest rows may be missing. */
  readonly unclean: boolean;
}

export interface EngineFailed {
  readonly type: 'failed';
  readonly message: string;
}

export type FromEngine = EngineReady | EngineFailed;
