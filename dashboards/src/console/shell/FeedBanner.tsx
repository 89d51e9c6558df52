// What must not be overlooked: the console lost Retour, was refused, or the pipeline is blind.
import type { ReactNode } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { Moment } from '../controls/Moment.tsx';
import { useLive } from '../feed/useLive.ts';
import { useStatus } from '../feed/useStatus.ts';
import { toFeedReading } from './feedStanding.ts';

export function FeedBanner(): ReactNode {
  const live = useLive();
  const { standing, reason } = toFeedReading(live, useStatus().data);
  switch (standing) {
    case 'blind':
      return (
        <div className="banner" data-feed="blind" role="alert">
          <Icon name="broken" />
          <p>
            <b>Telemetry is blind.</b> Whatever stands below, it does not mean that nobody watches.{' '}
            {reason}
          </p>
        </div>
      );
    case 'lost':
      return (
        <div className="banner" data-feed="lost" role="alert">
          <Icon name="warning" />
          <p>
            <b>No connection to Retour.</b> {reason}{' '}
            {live.message !== null && (
              <>
                Live figures are as of <Moment at={live.message.at} />.{' '}
              </>
            )}
            It tries again by itself.
          </p>
          <button type="button" className="button" onClick={live.retryNow}>
            Try now
          </button>
        </div>
      );
    case 'refused':
      return (
        <div className="banner" data-feed="lost" role="alert">
          <Icon name="warning" />
          <p>
            <b>The live connection was refused.</b> {reason}
          </p>
          <button type="button" className="button" onClick={live.retryNow}>
            Try again
          </button>
        </div>
      );
    case 'live':
    case 'quiet':
    case 'empty':
    case 'connecting':
      return null;
  }
}
