// The views that follow each other on one player: which one is on, when the next begins, and under
// which context. A view that is over makes room at the next request; another source ends it.
import type { Losses } from './contract/beacon.ts';
import type { Player, PrivacyMode } from './contract/context.ts';
import type { Signal, SignalType } from './contract/signal.ts';
import type { Labels } from './labels.ts';
import type { ViewFacts } from './options.ts';
import type { Platform } from './platform/platform.ts';
import { toWeight } from './platform/sampling.ts';
import { toContext } from './toContext.ts';
import { createView, type View } from './view.ts';

/** Views whose bodies may still wait; the outbox holds no more bodies than that. */
const REMEMBERED = 200;

/** How long after another source a page may name it; what it names later is the next one, ms. */
const NAMING_MS = 60_000;

export interface ViewsOptions {
  readonly platform: Platform;
  readonly player: Player;
  readonly facts: ViewFacts;
  /** What page and settings agree on now. */
  readonly privacy: () => PrivacyMode;
  readonly sampling: () => number;
  readonly losses: () => Losses;
  readonly onLost: (rows: number) => void;
  /** Of each view whose bodies may still wait, by its id. */
  readonly labels: Map<string, Labels>;
  /** The view has news that should leave at once. */
  readonly onUrgent: (view: View) => void;
}

export interface Views {
  readonly current: () => View;
  report(signal: Signal): void;
  update(facts: Partial<ViewFacts>): void;
  /** The context is to be made anew: the mode was tightened, the device's model is known … */
  revise(model?: string): void;
  /** Another view begins, of the same source. */
  renew(): void;
}

export function createViews(options: ViewsOptions): Views {
  const { labels, platform, player, onUrgent } = options;
  const { clock } = platform;
  /** What holds until the player says otherwise: the next view of the same source begins with it. */
  const standing = new Map<SignalType, Signal>();
  let facts = options.facts;
  let model: string | undefined;
  let unseen = platform.isHidden();
  /** The player loaded another source, which the page may name until then. */
  let nameableUntil = 0;
  let current = open();

  function open(): View {
    const id = platform.viewId();
    const view = createView({
      id,
      clock,
      ctx: makeContext(0),
      unseen,
      weigh: () => toWeight(id, options.sampling()),
      losses: options.losses,
      onLost: options.onLost,
    });
    labels.set(id, view.labels);
    for (const oldest of labels.keys()) {
      if (labels.size > REMEMBERED) labels.delete(oldest);
    }
    const at = clock.now();
    if (platform.isHidden()) view.fold({ type: 'visibility', at, hidden: true });
    standing.forEach((signal) => {
      view.fold(Object.assign({}, signal, { at }));
    });
    return view;
  }

  function makeContext(rev: number) {
    return toContext(platform, { facts, player, privacy: options.privacy(), model }, rev);
  }

  /** `last`: another view follows, and what came after the end of this one leaves with it. */
  function fold(signal: Signal, last = false): void {
    if (current.fold(signal) || last) onUrgent(current);
  }

  function renew(): void {
    current = open();
  }

  function revise(known = model): void {
    model = known;
    current.revise(makeContext);
  }

  return {
    current: () => current,
    report(signal) {
      const { type } = signal;
      if (type === 'visibility') unseen = unseen && signal.hidden;
      if (type === 'source') {
        // Where it is shown is not the source's.
        const wasShown = standing.delete('rendition');
        standing.delete('pathway');
        if (!current.begun()) {
          // Nothing was asked of the source that is gone, whose rendition the view began with.
          fold(signal);
          if (wasShown) fold({ type: 'rendition', at: signal.at });
          return;
        }
        fold(signal, true);
        nameableUntil = signal.at + NAMING_MS;
        renew();
        return;
      }
      if (type === 'clock') {
        // What waits of earlier views was labelled before it, too.
        if (signal.discontinuity) {
          labels.forEach((each) => {
            if (each !== current.labels) each.freezeAll({ slices: [], events: [] });
          });
        }
      } else if (current.over()) {
        if (!isPlaying(signal)) return;
        renew();
      }
      if (/^(rendition|pathway|presentation|captions)$/.test(type)) standing.set(type, signal);
      fold(signal);
      // It came so late that the view it was meant for is over: it begins the next one.
      if (type === 'request' && current.over()) {
        renew();
        fold(signal);
      }
    },
    update(next) {
      const asset = next.asset && next.asset.id ? next.asset : facts.asset;
      const other = asset.id !== facts.asset.id;
      const at = clock.now();
      const replaces = other && current.begun() && at >= nameableUntil;
      if (replaces) fold({ type: 'source', at }, true);
      facts = Object.assign({}, facts, next, { asset });
      if (asset === next.asset) nameableUntil = 0;
      if (replaces) renew();
      else revise();
    },
    revise,
    renew,
  };
}

/** Playback was asked for, or is plainly under way. */
function isPlaying(signal: Signal): boolean {
  if (signal.type !== 'sample') return signal.type === 'request';
  return !signal.paused && !signal.ended && signal.readyState >= 3;
}
