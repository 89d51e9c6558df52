// The live hub: sources and channels of every property, shared by all who look at the same thing.
// One snapshot a property and second feeds all unfiltered screens; what is filtered or grouped is
// shared by distinct request, bounded in number, and takes turns.
import type { Property } from '@retour/collector/control';
import type { Frame } from '../query/frames.ts';
import type { Filter, Grouping } from '../query/question.ts';
import type { Reader } from '../query/reader.ts';
import { readOpenViews } from '../query/run.ts';
import { toFirstViewStatement } from '../query/viewSql.ts';
import { type Channel, createChannel } from './channel.ts';
import { type Feed, type FeedReport, feedReportOf } from './feed.ts';
import { createSnapshots, type Snapshot } from './snapshot.ts';
import { createSource, type Source } from './source.ts';
import { readTable } from './table.ts';
import { createTurns } from './turns.ts';

/** Distinct things shown, and screens showing them, of one property. Beyond: `too_many_live`. */
export const LIVE_LIMITS = { channels: 20, members: 200 } as const;

const EVERY_MS = 1_000;

export interface LiveRequest {
  readonly filters: readonly Filter[];
  readonly grouping: Grouping | null;
}

export interface Hub {
  /** Joins a screen; null when the property has as many as it may. Returns the way to leave. */
  join(property: Property, request: LiveRequest, push: (text: string) => void): (() => void) | null;
  /** How a property's feed is, for those who are not live. */
  report(property: Property): Promise<FeedReport & { readonly firstViewAt: number | null }>;
  /** Waits for the readings under way; pushes nothing any more. */
  close(): Promise<void>;
}

export interface HubOptions {
  readonly reader: Reader;
  readonly feed: Feed;
  readonly onFault: (error: unknown) => void;
  now(): number;
}

interface Room {
  readonly channels: Map<string, Channel>;
  readonly snapshots: Map<string, Source<Snapshot>>;
  readonly tables: Map<string, Source<Frame>>;
  readonly turn: (task: () => Promise<void>) => Promise<void>;
  firstViewAt: number | null;
}

export function createHub(options: HubOptions): Hub {
  const rooms = new Map<string, Room>();
  const roomOf = (property: string): Room => {
    const room = rooms.get(property) ?? createRoom();
    rooms.set(property, room);
    return room;
  };

  return {
    join(property, request, push) {
      const room = roomOf(property.id);
      const key = keyOf(request);
      const members = [...room.channels.values()].reduce((sum, one) => sum + one.size(), 0);
      if (members >= LIVE_LIMITS.members) return null;
      const known = room.channels.get(key);
      if (known === undefined && room.channels.size >= LIVE_LIMITS.channels) return null;
      const channel = known ?? openChannel(room, { property, request, options });
      room.channels.set(key, channel);
      const leave = channel.join(push);
      return () => {
        leave();
        // Someone may have opened it anew since.
        if (channel.size() === 0 && room.channels.get(key) === channel) closeChannel(room, request);
      };
    },
    async report(property) {
      const now = options.now();
      const room = roomOf(property.id);
      const facts = { feed: options.feed, property: property.id, now };
      try {
        const { count } = await readOpenViews(
          { property: property.id, filters: [], grouping: null, to: now },
          { reader: options.reader, heartbeatMs: property.heartbeatMs, now },
        );
        const firstViewAt = await findFirstView(room, property.id, options.reader);
        const read = { ...facts, readAt: now, openViews: count, firstViewAt };
        return { ...feedReportOf(read), firstViewAt };
      } catch (error) {
        options.onFault(error);
        const { firstViewAt } = room;
        return {
          ...feedReportOf({ ...facts, readAt: null, openViews: 0, firstViewAt }),
          firstViewAt,
        };
      }
    },
    async close() {
      const all = [...rooms.values()];
      rooms.clear();
      for (const channel of all.flatMap((room) => [...room.channels.values()])) channel.close();
      const sources = all.flatMap((room) => [...room.snapshots.values(), ...room.tables.values()]);
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}

function createRoom(): Room {
  return {
    channels: new Map(),
    snapshots: new Map(),
    tables: new Map(),
    turn: createTurns(),
    firstViewAt: null,
  };
}

interface Opening {
  readonly property: Property;
  readonly request: LiveRequest;
  readonly options: HubOptions;
}

function openChannel(room: Room, { property, request, options }: Opening): Channel {
  const { reader, feed, onFault, now } = options;
  const { filters, grouping } = request;
  const { id, heartbeatMs } = property;
  const question = { reader, property: id, filters, heartbeatMs, now };
  const common = { onFault, now };
  const snapshots = getOrAdd(room.snapshots, filterKeyOf(request), () => {
    const readSnapshot = createSnapshots(question);
    const read = async (): Promise<Snapshot> => {
      const snapshot = await readSnapshot();
      if (snapshot.openViews === 0) await findFirstView(room, id, reader);
      return snapshot;
    };
    // The unfiltered screens never wait for anyone's filters.
    return createSource({
      ...common,
      everyMs: EVERY_MS,
      read,
      turn: filters.length === 0 ? (task) => task() : room.turn,
    });
  });
  const table =
    grouping === null
      ? null
      : getOrAdd(room.tables, keyOf(request), () => {
          const read = () => readTable({ ...question, grouping });
          return createSource({ ...common, read, turn: room.turn });
        });
  const report = (snapshot: Snapshot | null): FeedReport =>
    feedReportOf({
      feed,
      property: id,
      now: now(),
      readAt: snapshot?.readAt ?? null,
      openViews: snapshot?.openViews ?? 0,
      firstViewAt: room.firstViewAt,
    });
  return createChannel({ snapshots, table, report, now });
}

/** Forgets what nobody looks at any more; a source without listeners has stopped already. */
function closeChannel(room: Room, request: LiveRequest): void {
  const key = keyOf(request);
  room.channels.delete(key);
  room.tables.delete(key);
  const shared = filterKeyOf(request);
  const isUsed = [...room.channels.keys()].some((other) => other.endsWith(shared));
  if (!isUsed) room.snapshots.delete(shared);
}

async function findFirstView(room: Room, property: string, reader: Reader): Promise<number | null> {
  if (room.firstViewAt !== null) return room.firstViewAt;
  const [row] = await reader.read(toFirstViewStatement(property));
  room.firstViewAt = row === undefined ? null : Number(row.start);
  return room.firstViewAt;
}

/** What a request shows: its grouping, a space, its filters. */
function keyOf(request: LiveRequest): string {
  return `${request.grouping?.id ?? ''}${filterKeyOf(request)}`;
}

/** The same for equal filters, in whatever order they came. */
function filterKeyOf({ filters }: Pick<LiveRequest, 'filters'>): string {
  const parts = filters.map(({ dimension, values }) =>
    JSON.stringify([dimension.column, [...values].sort()]),
  );
  return ` [${parts.sort().join()}]`;
}

function getOrAdd<V>(map: Map<string, V>, key: string, create: () => V): V {
  const value = map.get(key) ?? create();
  map.set(key, value);
  return value;
}
