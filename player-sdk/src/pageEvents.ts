// What the page itself reports, as signals.
import type { PageError } from './options.ts';
import type { Session } from './session.ts';

export function reportError(session: Session, facts: PageError): void {
  const category = facts.business ? 'business' : 'unknown';
  session.report('error', Object.assign({ fatal: true, category } as const, facts));
}

/** A request that the browser then refuses (autoplay) was no attempt. */
export function reportRequest(session: Session, playing: Promise<unknown> | undefined): void {
  session.report('request', { by: 'api' });
  playing?.then(undefined, (error: unknown) => {
    const refused = error instanceof Error && error.name === 'NotAllowedError';
    if (refused) session.report('refused', {});
  });
}
