// Tells what becomes of the page. Hidden may be the end: browsers promise nothing after it.

/**
 * `frozen`: no code runs until `resumed` (frozen tab, back/forward cache). `left`: the page is going
 * and will not come back. `offline`: the browser sees no network.
 */
export type PageState = 'visible' | 'hidden' | 'frozen' | 'resumed' | 'left' | 'offline';

/** Window hears the document's first, in the capture phase, whatever the page stops below it. */
const HEARD = ['visibilitychange', 'freeze', 'resume', 'pagehide', 'pageshow', 'offline'];
const CAPTURE = { capture: true };

/** Starts to watch; returns what ends it. */
export function watchPage(scope: Window, onState: (state: PageState) => void): () => void {
  const listener = (event: Event): void => {
    const state = toState(event, scope.document);
    if (state) onState(state);
  };
  for (const type of HEARD) scope.addEventListener(type, listener, CAPTURE);
  return () => {
    for (const type of HEARD) scope.removeEventListener(type, listener, CAPTURE);
  };
}

function toState(event: Event, { visibilityState }: Document): PageState | undefined {
  const { type, persisted } = event as PageTransitionEvent; // Undefined on all others.
  if (type === 'offline') return type;
  if (type === 'visibilitychange') return visibilityState === 'hidden' ? 'hidden' : 'visible';
  if (type === 'pageshow' && !persisted) return undefined;
  if (type === 'pagehide' && !persisted) return 'left';
  return type === 'freeze' || type === 'pagehide' ? 'frozen' : 'resumed';
}
