// How the pipeline is, asked once a second and answered at once: what the live pages read to tell a
// broken feed from an empty house.
import type { Feed } from '@retour/analytics';
import type { Log } from '@retour/collector/log';

const EVERY_MS = 1_000;

/** The writer's cursor on accepted beacons. */
export interface ProbeDeps {
  readonly log: Pick<Log, 'lag' | 'ready'>;
  readonly store: { ping(): Promise<boolean> };
  readonly group: string;
  lastAcceptedAt(property: string): number | null;
}

export function startProbes({ log, store, group, lastAcceptedAt }: ProbeDeps): {
  readonly feed: Feed;
  stop(): void;
} {
  const seen = { lagMs: 0, engineUp: true, accepting: true };
  let asking = false;
  const ask = async (): Promise<void> => {
    if (asking) return; // A probe that hangs is a finding already: the last answers stand.
    asking = true;
    const [lag, up, ready] = await Promise.allSettled([
      log.lag('beacons', group),
      store.ping(),
      log.ready(),
    ]);
    seen.lagMs = lag.status === 'fulfilled' ? lag.value.oldestMs : Number.POSITIVE_INFINITY;
    seen.engineUp = up.status === 'fulfilled' && up.value;
    seen.accepting = ready.status === 'fulfilled';
    asking = false;
  };
  const timer = setInterval(ask, EVERY_MS);
  return {
    feed: {
      lagMs: () => seen.lagMs,
      engineUp: () => seen.engineUp,
      accepting: () => seen.accepting,
      lastAcceptedAt,
    },
    stop: () => clearInterval(timer),
  };
}
