// What the page itself reports, as signals.
import type { PageEvent } from './options.ts';
import type { Session } from './session.ts';

export function reportPageEvent(session: Session, event: PageEvent): void {
  if (event.type === 'error') {
    const { type, fatal = true, business = false, category, ...facts } = event;
    session.report(type, {
      ...facts,
      fatal,
      business,
      category: category ?? (business ? 'business' : 'unknown'),
    });
  } else if (event.type === 'interaction') {
    const { type, ...facts } = event;
    session.report(type, facts);
  } else {
    const { type, ...facts } = event;
    session.report(type, facts);
  }
}

/** A request that the browser then refuses (autoplay) was no attempt. */
export function reportRequest(session: Session, playing: Promise<unknown> | undefined): void {
  session.report('request', { by: 'api' });
  playing?.then(undefined, (error: unknown) => {
    const refused = error instanceof Error && error.name === 'NotAllowedError';
    if (refused) session.report('refused', {});
  });
}
