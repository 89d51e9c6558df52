// How the feed itself is, so that a broken pipeline is never read as an empty house. The process
// that composes the rooms passes the probes in.

/** Probes of the pipeline. They answer at once, from what is known. */
export interface Feed {
  /** Age of the oldest accepted beacon that is not stored yet, ms; 0 when there is none. */
  lagMs(): number;
  /** When the collector last accepted a beacon of a property, epoch ms; null for never or unknown. */
  lastAcceptedAt(property: string): number | null;
  /** Whether the engine answers. */
  engineUp(): boolean;
  /** Whether the log would take a beacon now; if not, the collector is refusing. */
  accepting(): boolean;
}

export type FeedState = 'live' | 'quiet' | 'empty' | 'blind';

export interface FeedReport {
  readonly state: FeedState;
  /** Why, for a person. */
  readonly stateReason: string;
}

/** Beacons older than this and not stored: what is shown is no longer the present. */
const BLIND_LAG_MS = 10_000;

/** A snapshot older than this: the engine does not keep up. */
const BLIND_SNAPSHOT_MS = 10_000;

/** No beacon for this long, and no open view: nobody is watching. */
const QUIET_MS = 60_000;

export interface FeedFacts {
  readonly feed: Feed;
  readonly property: string;
  readonly now: number;
  /** When the figures were read, epoch ms; null when they could not be. */
  readonly readAt: number | null;
  readonly openViews: number;
  /** Start of the property's first view; null when there is none. */
  readonly firstViewAt: number | null;
}

export function feedReportOf(facts: FeedFacts): FeedReport {
  const blind = blindReason(facts);
  if (blind !== null) return { state: 'blind', stateReason: blind };
  const { feed, property, now } = facts;
  const accepted = feed.lastAcceptedAt(property);
  if (facts.openViews > 0) return { state: 'live', stateReason: 'Views are open.' };
  if (accepted !== null && now - accepted < QUIET_MS) {
    return { state: 'live', stateReason: 'Beacons are arriving.' };
  }
  if (facts.firstViewAt === null && accepted === null) {
    return { state: 'empty', stateReason: 'No view has ever arrived.' };
  }
  const since = accepted === null ? '' : ` since ${new Date(accepted).toISOString()}`;
  return {
    state: 'quiet',
    stateReason: `The pipeline is healthy and no beacon has come${since}: nobody is watching.`,
  };
}

function blindReason({ feed, now, readAt }: FeedFacts): string | null {
  if (!feed.engineUp()) return 'The engine is down: figures cannot be read. Beacons are kept.';
  if (!feed.accepting()) return 'The log takes no beacon: the collector is refusing them for now.';
  const lagMs = feed.lagMs();
  if (lagMs > BLIND_LAG_MS) {
    return `The writer is ${Math.round(lagMs / 1000)} s behind: the newest views are not shown yet.`;
  }
  if (readAt === null) return 'The figures could not be read.';
  if (now - readAt > BLIND_SNAPSHOT_MS) {
    return `The figures are ${Math.round((now - readAt) / 1000)} s old: the engine is too slow.`;
  }
  return null;
}
