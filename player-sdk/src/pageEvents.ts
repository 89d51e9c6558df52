// What the page itself reports, as signals.
import type { Monitor, PageError } from './options.ts';

type Tell = Monitor['signal'];

export function reportError(signal: Tell, facts: PageError): void {
  const category = facts.business ? 'business' : 'unknown';
  const code = `${facts.code}`; // Untyped pages give numbers.
  signal('error', Object.assign({ fatal: true, category } as const, facts, { code }));
}

/** A request that the browser then refuses (autoplay) was no attempt. */
export function reportRequest(signal: Tell, playing: Promise<unknown> | undefined): void {
  signal('request', { by: 'api' });
  playing?.then(undefined, (error: unknown) => {
    const refused = error instanceof Error && error.name === 'NotAllowedError';
    if (refused) signal('refused', {});
  });
}
