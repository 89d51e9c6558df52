// The writer: log → rows → insert → commit. A batch is committed only when the store has all of it;
// what the store refuses for good goes to the rejected topic and never blocks the rest.
import { setTimeout } from 'node:timers/promises';
import type { BatchHandler, Consumer, Log, Topic } from '@retour/collector/log';
import { Registry } from 'prom-client';
import type { Store } from '../store/createStore.ts';
import type { Engine, EngineLogger } from '../store/engine/createEngine.ts';
import { createRecentLines } from './recentLines.ts';
import { type Room, takeBeacons, takeRejected } from './takeBatch.ts';
import { createWriterCounts } from './writerCounts.ts';
import { checkHorizons, DEFAULT_WRITER_LIMITS, type WriterLimits } from './writerLimits.ts';

const REWIND_PAUSE_MS = 1_000;

/** The group of its cursors, one in each of its topics. */
export const WRITER_GROUP = 'writer';

export interface WriterOptions {
  readonly log: Log;
  readonly store: Pick<Store, 'insert' | 'retentionDays'>;
  /** The log's clock, epoch ms. */
  readonly now: () => number;
  readonly limits?: Partial<WriterLimits>;
  /** The embedded engine: its unclean ends send the writer back. Replicas do that for a cluster. */
  readonly engine?: Pick<Engine, 'startedUnclean' | 'onUncleanStop'>;
  readonly registry?: Registry;
  readonly logger?: EngineLogger;
}

export interface Writer {
  /** Stops after the batch in hand is done and committed. */
  stop(): Promise<void>;
}

/** Starts it. @throws RangeError when rows may come later than the tables keep them. */
export async function createWriter(options: WriterOptions): Promise<Writer> {
  const { log, store, engine } = options;
  const limits = { ...DEFAULT_WRITER_LIMITS, ...options.limits };
  checkHorizons(limits, store.retentionDays);
  const registry = options.registry ?? new Registry();
  const counts = createWriterCounts(registry, () => log.lag('beacons', WRITER_GROUP));
  const openRoom = (): Room & Pick<WriterOptions, 'log'> => ({
    log,
    store,
    limits,
    counts,
    // Anew after each rewind: what was written may be gone.
    recent: createRecentLines(limits.recentLines),
  });
  const stopping = new AbortController();

  /** Tries until it is done: rows that a power cut took back would be missing for ever. */
  async function goBack(): Promise<void> {
    const at = options.now() - limits.rewindMs;
    for (let done = false; !done && !stopping.signal.aborted; ) {
      done = await rewind(at).then(
        () => true,
        (error: unknown) => {
          options.logger?.error({ err: error }, 'the log did not go back; it is asked again');
          return setTimeout(REWIND_PAUSE_MS, false, { signal: stopping.signal }).catch(() => false);
        },
      );
    }
    counts.rewound();
    options.logger?.warn(
      { rewindMs: limits.rewindMs },
      'the engine ended uncleanly: writing again',
    );
  }

  async function rewind(at: number): Promise<void> {
    await log.rewind('beacons', WRITER_GROUP, at);
    await log.rewind('rejected', WRITER_GROUP, at);
  }

  if (engine?.startedUnclean === true) await goBack();
  let running = startConsumers(openRoom(), stopping.signal);
  // One after the other: a second crash during a rewind asks for another.
  let lastRewind = Promise.resolve();
  const forget = engine?.onUncleanStop(() => {
    lastRewind = lastRewind.then(async () => {
      await running.stop();
      await goBack();
      if (!stopping.signal.aborted) running = startConsumers(openRoom(), stopping.signal);
    });
  });
  return {
    async stop() {
      forget?.();
      stopping.abort();
      await lastRewind;
      await running.stop();
    },
  };
}

function startConsumers(room: Room & Pick<WriterOptions, 'log'>, stopping: AbortSignal): Consumer {
  const halting = new AbortController();
  const signal = AbortSignal.any([halting.signal, stopping]);
  const consume = (topic: Topic, take: (room: Room) => BatchHandler): Consumer =>
    room.log.consume(topic, {
      group: WRITER_GROUP,
      maxRecords: room.limits.records,
      maxBytes: room.limits.bytes,
      handler: paced(take(room), room.limits, signal),
    });
  const consumers = [
    consume('beacons', (own) => (batch) => takeBeacons(batch, own)),
    consume('rejected', (own) => (batch) => takeRejected(batch, own)),
  ];
  return {
    async stop() {
      halting.abort();
      await Promise.all(consumers.map((consumer) => consumer.stop()));
    },
  };
}

/** After a batch that was not full, lets the pace pass, so that the next one is worth its parts. */
function paced(handler: BatchHandler, limits: WriterLimits, signal: AbortSignal): BatchHandler {
  return async (batch) => {
    // Rejects only when aborted: then there is nothing to wait for.
    const passed = setTimeout(limits.paceMs, undefined, { signal }).catch(() => undefined);
    await handler(batch);
    if (batch.records.length < limits.records) await passed;
  };
}
