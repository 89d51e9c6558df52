// The stage: the collector, the writer and its engine on one data directory, and how each of them is
// killed and comes back.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type ChildProgram, startProgram } from './childProgram.ts';
import type { CollectorTold } from './collectorProgram.ts';
import type { WriterTold } from './writerProgram.ts';

export const VICTIMS = ['collector', 'writer', 'engine'] as const;
export type Victim = (typeof VICTIMS)[number];

export interface Stage {
  /** Stays through every restart. */
  readonly port: number;
  /** Of the engine that serves now. */
  engine(): WriterTold;
  /** kill -9, then back again: resolves once all three work. */
  killAndRestart(victim: Victim): Promise<void>;
  /** Ends the writer and its engine in good order. */
  stopWriter(): Promise<void>;
  /** Starts them again, on the engine's directory or another. */
  startWriter(engineName?: string): Promise<void>;
  /** Ends whatever still runs. */
  close(): Promise<void>;
}

export async function createStage(directory: string): Promise<Stage> {
  const logDirectory = join(directory, 'log');
  const startCollector = (port: number) =>
    startProgram<CollectorTold>('collectorProgram', [logDirectory, String(port)]);
  const startWriter = (engineName: string) =>
    startProgram<WriterTold>('writerProgram', [logDirectory, join(directory, engineName)]);
  const port = await findFreePort();
  let collector = await startCollector(port);
  let writer: ChildProgram<WriterTold> | undefined;
  try {
    writer = await startWriter('engine');
  } catch (error) {
    await collector.kill();
    throw error;
  }
  const theWriter = () => {
    if (writer === undefined) throw new Error('the writer is stopped');
    return writer;
  };

  const restart: { readonly [V in Victim]: () => Promise<void> } = {
    collector: async () => {
      await collector.kill();
      collector = await startCollector(port);
    },
    writer: async () => {
      await theWriter().kill();
      writer = await startWriter('engine');
    },
    engine: async () => {
      const back = theWriter().next();
      process.kill(theWriter().told().enginePid, 'SIGKILL');
      await back;
    },
  };
  return {
    port,
    engine: () => theWriter().told(),
    killAndRestart: (victim) => restart[victim](),
    stopWriter: async () => {
      await theWriter().stop();
      writer = undefined;
    },
    startWriter: async (engineName = 'engine') => {
      writer = await startWriter(engineName);
    },
    close: async () => {
      await Promise.all([collector.kill(), writer?.kill()]);
    },
  };
}

/** Free now; the collector has to come back on the same one. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return address.port;
}
