// A channel: the screens that show the same thing (property, filters, dimension). A message is made
// once and goes to all of them.
import type { z } from 'zod';
import type { liveMessageSchema } from '../api/messages.ts';
import { REGISTRY } from '../metrics/registry.ts';
import { type Frame, TIME_FIELD, toFrame } from '../query/frames.ts';
import type { FeedReport } from './feed.ts';
import type { Snapshot } from './snapshot.ts';
import type { Source } from './source.ts';

export type LiveMessage = z.infer<typeof liveMessageSchema>;

/** A message is made again after this long, even if no reading ends: the engine may hang. */
const SILENCE_MS = 3_000;

/** A table is read after each snapshot, which waits so long for it. */
const TABLE_GRACE_MS = 250;

export interface ChannelOptions {
  readonly snapshots: Source<Snapshot>;
  readonly table: Source<Frame> | null;
  report(snapshot: Snapshot | null): FeedReport;
  now(): number;
}

export interface Channel {
  /** The newest message comes at once, or as soon as there is one. Returns the way to leave. */
  join(push: (text: string) => void): () => void;
  size(): number;
  /** Pushes nothing any more. */
  close(): void;
}

export function createChannel(options: ChannelOptions): Channel {
  const { snapshots, table } = options;
  const members = new Set<(text: string) => void>();
  let leaves: (() => void)[] = [];
  let silence: ReturnType<typeof setTimeout> | undefined;
  let grace: ReturnType<typeof setTimeout> | undefined;

  function pushAll(): void {
    clearTimeout(silence);
    clearTimeout(grace);
    silence = setTimeout(pushAll, SILENCE_MS);
    const text = JSON.stringify(toMessage(options));
    for (const push of members) push(text);
  }

  /** One message a second: the snapshot, and the table that was read right after it. */
  function onSnapshot(): void {
    clearTimeout(grace);
    grace = setTimeout(pushAll, table === null ? 0 : TABLE_GRACE_MS);
    table?.refresh();
  }

  /** In time it goes with its snapshot; late, it does not wait for the next one. */
  function onTable(): void {
    if (snapshots.latest() !== null) pushAll();
  }

  function open(): void {
    leaves = [snapshots.listen(onSnapshot)];
    if (table !== null) leaves.push(table.listen(onTable));
    silence = setTimeout(pushAll, SILENCE_MS);
  }

  function shut(): void {
    clearTimeout(silence);
    clearTimeout(grace);
    for (const leave of leaves) leave();
    leaves = [];
  }

  return {
    size: () => members.size,
    close() {
      members.clear();
      shut();
    },
    join(push) {
      members.add(push);
      if (members.size === 1) open();
      if (isFresh(snapshots.latest(), options.now())) push(JSON.stringify(toMessage(options)));
      return () => {
        if (members.delete(push) && members.size === 0) shut();
      };
    },
  };
}

/** What a source remembers from before a pause is not the present. */
function isFresh(snapshot: Snapshot | null, now: number): boolean {
  return snapshot !== null && now - snapshot.readAt < SILENCE_MS;
}

function toMessage({ snapshots, table, report, now }: ChannelOptions): LiveMessage {
  const snapshot = snapshots.latest();
  const at = now();
  return {
    type: 'live',
    at,
    ...report(snapshots.failed() ? null : snapshot),
    completeUntil: snapshot?.completeUntil ?? at,
    totals: snapshot?.totals ?? Object.fromEntries(REGISTRY.map(({ id }) => [id, null])),
    series: snapshot?.series ?? toFrame('live', [TIME_FIELD], { metrics: REGISTRY, lines: [] }),
    table: table?.latest() ?? null,
  };
}
