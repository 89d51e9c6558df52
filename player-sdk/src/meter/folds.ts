// Each signal to the file that knows it: the whole of what the meter listens to. Ads and interactions
// are told by entries of their own, which bring the files that fold them.
import type { SignalOf, SignalType } from '../contract/index.ts';
import { foldPathway, foldSegment } from './delivery.ts';
import { emitEvent } from './events.ts';
import { exit, finish, foldError } from './exit.ts';
import { pause } from './pause.ts';
import { look, seek } from './playhead.ts';
import { detach, setVisibility } from './presence.ts';
import { foldCaptions, foldPresentation, foldReady } from './presentation.ts';
import { foldRendition } from './rendition.ts';
import { beginAsked, play, refuse, request } from './startup.ts';
import { resume, setClock, suspend } from './suspension.ts';
import type { View } from './view.ts';

export type Fold<T extends SignalType> = (view: View, signal: SignalOf<T>) => void;

type Folds = { readonly [T in SignalType]: Fold<T> };

type Extension = 'ad' | 'interaction' | 'recommendation';

/** Adds what is not folded from the start; doing it again changes nothing. */
export function extendMeter(more: Partial<Pick<Folds, Extension>>): void {
  Object.assign(FOLDS, more);
}

export const FOLDS: Omit<Folds, Extension> & Partial<Folds> = {
  request: (view, { by }) => request(view, by),
  refused: refuse,
  ready: foldReady,
  sample: look,
  waiting: (view) => {
    view.waitsSince = view.now;
  },
  segment: foldSegment,
  rendition: foldRendition,
  pathway: foldPathway,
  seek,
  play,
  pause,
  ended: (view) => {
    const { adBreakOn } = view;
    if (!view.running || (adBreakOn && !adBreakOn.isPost)) return;
    emitEvent(view, 'ended', {});
    if (adBreakOn) adBreakOn.afterEnd = true;
    else exit(view, 'ended');
  },
  error(view, error) {
    if (error.fatal === true) beginAsked(view);
    foldError(view, error);
  },
  visibility: setVisibility,
  presentation: foldPresentation,
  captions: foldCaptions,
  suspend,
  resume,
  clock: setClock,
  context: (view, { context }) => {
    if (context) view.ctx = context;
  },
  source: (view) => {
    if (view.begun) finish(view, 'replaced');
    view.asked = view.brokenBy = undefined;
    view.adrift = true;
  },
  detach,
  tick: () => {},
};
