// Who watches an element: one monitor for each property, so that what is played counts once.

/** By property, what ends its monitor. */
type Claims = Map<string, () => void>;

const claims = new WeakMap<HTMLMediaElement, Claims>();

/** Whoever had it for the same property is replaced: the page forgot to destroy it. The answer gives it up. */
export function claim(media: HTMLMediaElement, property: string, replaced: () => void): () => void {
  const held = claims.get(media) || (new Map() as Claims);
  claims.set(media, held);
  const before = held.get(property);
  held.set(property, replaced);
  if (before) before();
  return () => {
    if (held.get(property) === replaced) held.delete(property);
  };
}
