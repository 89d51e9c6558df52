// How the feed stands, in one word at the top of every page.
import type { ReactNode } from 'react';
import { Tip } from '../controls/Tip.tsx';
import { useLive } from '../feed/useLive.ts';
import { useStatus } from '../feed/useStatus.ts';
import { type FeedStanding, toFeedReading } from './feedStanding.ts';

const WORDS: Readonly<Record<FeedStanding, { readonly word: string; readonly tip: string }>> = {
  live: { word: 'Live', tip: 'Beacons arrive and figures are current.' },
  quiet: { word: 'Quiet', tip: 'The feed works and nobody watches.' },
  empty: { word: 'Waiting', tip: 'No view has ever arrived.' },
  blind: {
    word: 'Blind',
    tip: 'The pipeline is broken or late: figures say nothing of the audience.',
  },
  connecting: { word: 'Connecting', tip: 'The console is connecting to Retour.' },
  lost: { word: 'Disconnected', tip: 'The console has lost Retour: figures are old.' },
  refused: { word: 'Refused', tip: 'Retour refused the live connection.' },
};

export function FeedPulse(): ReactNode {
  const live = useLive();
  const { standing, reason } = toFeedReading(live, useStatus().data);
  const { word, tip } = WORDS[standing];
  return (
    <Tip tip={reason === '' ? tip : `${tip} ${reason}`}>
      <button type="button" className="pulse" data-feed={standing} aria-label={`Feed: ${word}`}>
        <span className="dot" />
        <span>{word}</span>
      </button>
    </Tip>
  );
}
