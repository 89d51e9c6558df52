// What the routes share: made once by `app.ts`, handed to each of them.
import type { IncomingMessage } from 'node:http';
import type { Log } from '../log/log.ts';
import type { Tools } from '../steps/passage.ts';
import type { Counts } from './counts.ts';

export interface Room {
  readonly log: Log;
  /** Epoch ms. */
  readonly now: () => number;
  readonly tools: Tools;
  readonly counts: Counts;
  /** The sender's address and, from a trusted proxy, its country. */
  readonly originOf: (request: IncomingMessage) => SenderOrigin;
  /** From the first sign of a stop: what comes now must go elsewhere. */
  readonly isStopping: () => boolean;
  /** Tells the operator of a fault of ours: the sender learns nothing of it. */
  readonly report: (fault: unknown) => void;
}

export interface SenderOrigin {
  readonly address: string;
  readonly country: string;
}
