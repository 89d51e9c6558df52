// The views that follow each other on one player: which one is on, when the next begins, and under
// which context. A view that is over makes room at the next request; another source ends it.
import type { Losses } from './contract/beacon.ts';
import type { Player, PrivacyMode } from './contract/context.ts';
import type { Signal, SignalType } from './contract/signal.ts';
import type { Labels } from './labels.ts';
import type { Urgency } from './meter/index.ts';
import type { ViewFacts } from './options.ts';
import type { Platform } from './platform/platform.ts';
import { toWeight } from './platform/sampling.ts';
import { toContext } from './toContext.ts';
import { createView, type View } from './view.ts';

/** Views whose bodies may still wait; the outbox holds no more bodies than that. */
const REMEMBERED = 200;

/** What holds until the player says otherwise: the next view of the same source begins with it. */
const STANDING: readonly SignalType[] = ['rendition', 'pathway'];

export interface ViewsOptions {
  readonly platform: Platform;
  readonly player: Player;
  readonly facts: ViewFacts;
  /** What page and settings agree on now. */
  readonly privacy: () => PrivacyMode;
  readonly sampling: () => number;
  readonly losses: () => Losses;
  /** The view has news that should leave at once. */
  readonly onUrgent: (view: View, urgency: Urgency) => void;
}

export interface Views {
  readonly current: View;
  readonly labels: ReadonlyMap<string, Labels>;
  report(signal: Signal): void;
  update(facts: Partial<ViewFacts>): void;
  /** The context is to be made anew: the mode was tightened, the device's model is known … */
  revise(model?: string): void;
}

export function createViews(options: ViewsOptions): Views {
  const { platform, player, onUrgent } = options;
  const labels = new Map<string, Labels>();
  const standing = new Map<SignalType, Signal>();
  let facts = options.facts;
  let model: string | undefined;
  /** The player loaded another source, and the page has not named it yet. */
  let unnamed = false;
  let current = open();

  function open(): View {
    const id = platform.viewId();
    const view = createView({
      id,
      clock: platform.clock,
      ctx: makeContext(0),
      weigh: () => toWeight(id, options.sampling()),
      losses: options.losses,
    });
    labels.set(id, view.labels);
    for (const oldest of labels.keys()) {
      if (labels.size > REMEMBERED) labels.delete(oldest);
    }
    if (platform.isHidden())
      view.fold({ type: 'visibility', at: platform.clock.now(), hidden: true });
    return view;
  }

  function makeContext(rev: number) {
    return toContext(platform, { facts, player, privacy: options.privacy(), model }, rev);
  }

  function fold(signal: Signal): void {
    const urgency = current.fold(signal);
    if (urgency !== undefined) onUrgent(current, urgency);
  }

  function reopen(at: number): void {
    current = open();
    standing.forEach((signal) => {
      current.fold({ ...signal, at });
    });
  }

  const views: Views = {
    get current() {
      return current;
    },
    labels,
    report(signal) {
      if (signal.type === 'source') {
        standing.clear();
        if (!current.begun) return; // Nothing was asked of the source that is gone.
        fold(signal);
        unnamed = true;
        reopen(signal.at);
        return;
      }
      if (current.over) {
        if (!isPlaying(signal)) return;
        reopen(signal.at);
      }
      if (STANDING.indexOf(signal.type) >= 0) standing.set(signal.type, signal);
      fold(signal);
      // It came so late that the view it was meant for is over: it begins the next one.
      if (current.over && signal.type === 'request') {
        reopen(signal.at);
        fold(signal);
      }
    },
    update(next) {
      const other = next.asset !== undefined && next.asset.id !== facts.asset.id;
      const replaces = other && current.begun && !unnamed;
      const at = platform.clock.now();
      if (replaces) fold({ type: 'source', at });
      facts = { ...facts, ...next };
      unnamed = unnamed && !other;
      if (replaces) reopen(at);
      else views.revise();
    },
    revise(known = model) {
      model = known;
      current.revise(makeContext);
    },
  };
  return views;
}

/** Playback was asked for, or is plainly under way. */
function isPlaying(signal: Signal): boolean {
  if (signal.type !== 'sample') return signal.type === 'request';
  return !signal.paused && !signal.ended && signal.readyState >= 3;
}
