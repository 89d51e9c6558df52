// Who watches an element: one monitor for each property, so that what is played counts once.

/** By property, what ends its monitor. */
type Claims = Map<string, () => void>;

/** On the element itself, under a name that every copy of the SDK on the page knows. */
const CLAIMS = Symbol.for('retour.claims');

/** Whoever had it for the same property is replaced: the page forgot to destroy it. The answer gives it up. */
export function claim(
  media: HTMLMediaElement & { [CLAIMS]?: Claims },
  property: string,
  replaced: () => void,
): () => void {
  const held = media[CLAIMS] || new Map();
  media[CLAIMS] = held;
  const before = held.get(property);
  held.set(property, replaced);
  if (before) before();
  return () => {
    if (held.get(property) === replaced) held.delete(property);
  };
}
