// Tells what becomes of the page. Hidden may be the end: browsers promise nothing after it.

/**
 * `frozen`: no code runs until `resumed` (frozen tab, back/forward cache). `left`: the page is going
 * and will not come back.
 */
export type PageState = 'visible' | 'hidden' | 'frozen' | 'resumed' | 'left';

/** A page that stops propagation must not hide its own end from us. */
const CAPTURE = { capture: true };

/** Starts to watch; returns what ends it. */
export function watchPage(scope: Window, onState: (state: PageState) => void): () => void {
  const { document } = scope;
  const listener = (event: Event): void => {
    const state = toState(event, document);
    if (state) onState(state);
  };
  const watched: readonly (readonly [EventTarget, string])[] = [
    [document, 'visibilitychange'],
    [document, 'freeze'],
    [document, 'resume'],
    [scope, 'pagehide'],
    [scope, 'pageshow'],
  ];
  for (const [target, type] of watched) target.addEventListener(type, listener, CAPTURE);
  return () => {
    for (const [target, type] of watched) target.removeEventListener(type, listener, CAPTURE);
  };
}

function toState(event: Event, { visibilityState }: Document): PageState | undefined {
  const { persisted } = event as PageTransitionEvent; // Undefined on all others.
  switch (event.type) {
    case 'visibilitychange':
      return visibilityState === 'hidden' ? visibilityState : 'visible';
    case 'freeze':
      return 'frozen';
    case 'pagehide':
      return persisted ? 'frozen' : 'left';
    case 'pageshow':
      return persisted ? 'resumed' : undefined;
    default:
      return 'resumed';
  }
}
