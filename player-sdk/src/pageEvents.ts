// What the page itself reports, as signals.
import type { Monitor, PageError } from './options.ts';

type Tell = Monitor['signal'];

export function reportError(signal: Tell, facts: PageError | Error): void {
  const given: Partial<PageError> = typeof facts === 'string' ? { code: facts } : facts;
  const { business, message } = given; // Of an Error, spreading would miss it.
  const category = given.category || (business ? 'business' : 'unknown');
  const { name, ABORT_ERR } = given as Partial<Omit<DOMException, 'code'>>;
  // A DOMException, told by what all of them have, has numbers of long ago. Untyped pages give numbers of theirs.
  const code = `${(ABORT_ERR ? name : given.code) ?? name ?? 'unknown'}`;
  const fatal = given.fatal !== false;
  signal('error', { fatal, category, code, message, business });
}

/** A request that the browser then refuses (autoplay) was no attempt. */
export function reportRequest(signal: Tell, playing: Promise<unknown> | undefined): void {
  signal('request', { by: 'api' });
  playing?.then(undefined, (error: unknown) => {
    // Of whichever window: the player may be in a frame.
    if (Object(error).name === 'NotAllowedError') signal('refused', {});
  });
}
