// What the kit asks of a browser, whichever it is: pages that run an expression, and that can be hidden,
// put to sleep and left. A test or a tool of one browser has no place in the scripts.
import type { PlayerName } from '../page/pageSdk.ts';

export interface KitBrowser {
  readonly version: string;
  /** Players that cannot play the kit's streams in it, and why. */
  readonly without: Readonly<Partial<Record<PlayerName, string>>>;
  newPage(options: KitPageOptions): Promise<KitPage>;
  close(): Promise<void>;
}

export interface KitPageOptions {
  /** To be run in every document, before anything is mounted. */
  readonly script: string;
  /** The page will be hidden, or left. */
  readonly hides: boolean;
  /** Nobody has seen it yet when it opens. @throws Skip where the browser plays such a page. */
  readonly unseen: boolean;
  /** Told of errors that nobody caught in the page. */
  onError(message: string): void;
}

export interface KitPage {
  /** Why its sound cannot be listened to, and why a video that nobody looks at is none that is not seen. */
  readonly cannot?: { readonly hear?: string; readonly lookAway?: string };
  /** Done once it has loaded. */
  open(url: string): Promise<void>;
  /** A value that JSON can say, awaited where it is a promise. The browser takes it for a viewer's hand. */
  evaluate<T>(expression: string): Promise<T>;
  /** As evaluate, by the page alone. @throws Skip where every look into a page counts as a hand. */
  evaluateUntouched(expression: string): Promise<void>;
  /** Another tab or window comes before it; done once the page is hidden. @throws Skip */
  hide(): Promise<void>;
  show(): Promise<void>;
  /** The browser lets the hidden page sleep for so long. @throws Skip */
  freeze(ms: number): Promise<void>;
  /**
   * To another document for so long, then back. @throws Skip where the browser keeps no page at all;
   * Error where it keeps others, and has not kept this one.
   */
  goAway(url: string, ms: number): Promise<void>;
  close(): Promise<void>;
}

/** The script cannot be played here, and why: no failure of anyone's. */
export class Skip extends Error {}

/** Longer than a browser takes for any of it, ms. */
const PATIENCE_MS = 10_000;

/** Until the expression is true in the page, looked at every 20 ms. @throws Error after the patience, ms. */
export function waitFor(page: KitPage, expression: string, patienceMs = PATIENCE_MS) {
  const said = JSON.stringify(`Timed out: ${expression}`);
  return page.evaluate<void>(`new Promise((resolve, reject) => {
    const end = Date.now() + ${patienceMs};
    (function look() {
      if (${expression}) resolve();
      else if (Date.now() > end) reject(new Error(${said}));
      else setTimeout(look, 20);
    })();
  })`);
}

/** Whether this is the document in which the script began: another has no acts. */
export const IS_KEPT = '(window.kit?.acts.length ?? 0) > 0';
