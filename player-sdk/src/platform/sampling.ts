// Which views are kept: a hash of the view id decides, so that everyone who knows the id agrees.
import { LIMITS } from '../contract/limits.ts';

/**
 * How many views this one stands for: 1 or more when it is kept, 0 when it is not. The share kept
 * is 1/n for an integer n, because weights are integers: 0.3 keeps a third.
 */
export function toWeight(viewId: string, share: number): number {
  if (!(share > 0)) return 0;
  const weight = Math.min(LIMITS.weight, Math.max(1, Math.round(1 / share)));
  return hash(viewId) % weight === 0 ? weight : 0;
}

/** 32 bit FNV-1a, then murmur3's last mix: every bit of the id reaches the low ones. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
