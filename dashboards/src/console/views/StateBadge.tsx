// A view's state in one word: what it does while it is open, and how it ended.
import type { ReactNode } from 'react';
import type { ViewRow } from '../feed/messages.ts';

export type BadgeTone = 'open' | 'stalled' | 'failed' | 'closed';

export function StateBadge({ view }: { readonly view: ViewRow }): ReactNode {
  const { word, tone } = toBadge(view);
  return (
    <span className="badge" data-badge={tone}>
      <i className="dot" />
      {word}
    </span>
  );
}

export function toBadge(view: Pick<ViewRow, 'open' | 'state' | 'exit' | 'errorCode'>): {
  readonly word: string;
  readonly tone: BadgeTone;
} {
  if (isFailed(view)) return { word: 'failed', tone: 'failed' };
  if (view.open) {
    return { word: view.state || 'open', tone: view.state === 'stalled' ? 'stalled' : 'open' };
  }
  return { word: view.exit === 'none' || view.exit === '' ? 'closed' : view.exit, tone: 'closed' };
}

/** A fatal error ended it: its code is kept in the summary. */
export function isFailed(view: Pick<ViewRow, 'exit' | 'state' | 'errorCode'>): boolean {
  return view.exit === 'failed' || view.state === 'failed' || view.errorCode !== '';
}
