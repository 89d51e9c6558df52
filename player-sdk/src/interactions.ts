// `@retour/player-sdk/interactions`: what viewers do beside watching, and the recommendations that are
// shown to them. It only reports signals; never throws.
import { createErrorBoundary } from './errorBoundary.ts';
import { extendMeter } from './meter/folds.ts';
import { foldInteraction, foldRecommendation } from './meter/publisher.ts';
import type { Monitor } from './options.ts';

/** A list of recommendations, by the ids of the assets that it names. */
export interface Recommendation {
  /** Of this list: what ties `served`, `impression` and `click` together. */
  readonly id: string;
  readonly items: readonly string[];
  /** Which model made it, and where it is shown. */
  readonly model?: string;
  readonly surface?: string;
}

export interface Interactions {
  like(): void;
  comment(): void;
  /** Where it went, such as `mail`. */
  share(name?: string): void;
  follow(): void;
  /** Which one, such as `heart`. */
  reaction(name: string): void;
  /** On what, and for what. */
  vote(name: string, value: string): void;
  custom(name: string, value?: string): void;
  /** The list was made; it was seen; an item of it was chosen. `rank` counts from 0. */
  served(list: Recommendation): void;
  impression(list: Recommendation, rank?: number): void;
  click(list: Recommendation, rank: number): void;
}

/** Reports interactions on a monitored player: `interactions(monitor).like()`. */
export function interactions(monitor: Monitor): Interactions {
  extendMeter({ interaction: foldInteraction, recommendation: foldRecommendation });
  type Kind = 'like' | 'comment' | 'share' | 'follow' | 'reaction' | 'vote' | 'custom';
  const { guard } = createErrorBoundary({}); // The monitor has its own; there may be none.
  const tell = guard((kind: Kind, name?: string, value?: string) =>
    monitor.signal('interaction', {
      kind,
      ...(name !== undefined && { name }),
      ...(value !== undefined && { value }),
    }),
  );
  const recommend = guard(
    (kind: 'served' | 'impression' | 'click', list: Recommendation, rank?: number) =>
      monitor.signal('recommendation', { ...list, kind, ...(rank !== undefined && { rank }) }),
  );
  return {
    like: () => tell('like'),
    comment: () => tell('comment'),
    share: (name) => tell('share', name),
    follow: () => tell('follow'),
    reaction: (name) => tell('reaction', name),
    vote: (name, value) => tell('vote', name, value),
    custom: (name, value) => tell('custom', name, value),
    served: (list) => recommend('served', list),
    impression: (list, rank) => recommend('impression', list, rank),
    click: (list, rank) => recommend('click', list, rank),
  };
}
