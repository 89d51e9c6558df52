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
  const watched: (() => void)[] = [];
  const watch = (
    target: EventTarget,
    type: string,
    toState: (event: Event) => PageState | undefined,
  ): void => {
    const listener = (event: Event): void => {
      const state = toState(event);
      if (state !== undefined) onState(state);
    };
    target.addEventListener(type, listener, CAPTURE);
    watched.push(() => target.removeEventListener(type, listener, CAPTURE));
  };
  watch(document, 'visibilitychange', () =>
    document.visibilityState === 'hidden' ? 'hidden' : 'visible',
  );
  watch(document, 'freeze', () => 'frozen');
  watch(document, 'resume', () => 'resumed');
  watch(scope, 'pagehide', (event) => (isPersisted(event) ? 'frozen' : 'left'));
  watch(scope, 'pageshow', (event) => (isPersisted(event) ? 'resumed' : undefined));
  return () => {
    for (const unwatch of watched.splice(0)) unwatch();
  };
}

function isPersisted(event: Event): boolean {
  return 'persisted' in event && event.persisted === true;
}
