// Owns the read token: taken from the address's fragment, kept for this tab only. It never stands
// in a query string, in a log or in an error.

const KEY = 'retour.token';

/** What this file needs of a browser. */
export interface TokenPlace {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string };
  readonly history: { replaceState(data: unknown, unused: string, url: string): void };
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

/** Moves `#token=…` out of the address bar into the tab's storage, before anything else runs. */
export function takeToken(place: TokenPlace): void {
  const fragment = new URLSearchParams(place.location.hash.replace(/^#/, ''));
  const token = fragment.get('token');
  if (token === null) return;
  fragment.delete('token');
  const rest = fragment.toString();
  const { pathname, search } = place.location;
  place.history.replaceState(null, '', `${pathname}${search}${rest === '' ? '' : `#${rest}`}`);
  if (token !== '') place.storage.setItem(KEY, token);
}

/** The token of this tab; null where nobody has signed in. */
export function readToken(storage: TokenPlace['storage']): string | null {
  return storage.getItem(KEY);
}

export function keepToken(storage: TokenPlace['storage'], token: string): void {
  storage.setItem(KEY, token);
}

export function forgetToken(storage: TokenPlace['storage']): void {
  storage.removeItem(KEY);
}
