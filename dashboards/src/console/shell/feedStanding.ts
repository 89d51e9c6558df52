// One reading of how the feed and the connection stand, for the pulse and the banner alike.
import type { LiveSnapshot } from '../feed/liveFeed.ts';
import type { FeedState, Status } from '../feed/messages.ts';

/** The connection's troubles come first: without it, the feed's state is old news. */
export type FeedStanding = FeedState | 'connecting' | 'lost' | 'refused';

export interface FeedReading {
  readonly standing: FeedStanding;
  readonly reason: string;
}

export function toFeedReading(live: LiveSnapshot, status: Status | undefined): FeedReading {
  const { link, error, message } = live;
  switch (link) {
    case 'lost':
      return { standing: 'lost', reason: '' };
    case 'silent':
      return { standing: 'lost', reason: 'The connection is open, yet nothing comes.' };
    case 'refused':
      return { standing: 'refused', reason: `${error?.message ?? ''} ${error?.remedy ?? ''}` };
    case 'connecting':
    case 'open': {
      const known = message ?? status;
      if (known === undefined) return { standing: 'connecting', reason: '' };
      return { standing: known.state, reason: known.stateReason };
    }
  }
}
