// Which views are kept: the random end of the view id decides, so that everyone who knows it agrees.
import { LIMITS } from '../contract/limits.ts';

/**
 * How many views this one stands for: 1 or more when it is kept, 0 when it is not. The share kept
 * is 1/n for an integer n, because weights are integers: 0.3 keeps a third.
 */
export function toWeight(viewId: string, share: number): number {
  const weight = Math.min(LIMITS.weight, Math.max(1, Math.round(1 / share)));
  return share > 0 && Number.parseInt(viewId.slice(-8), 16) % weight === 0 ? weight : 0;
}
