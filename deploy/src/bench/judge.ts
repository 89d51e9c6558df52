// Holds figures against limits. It knows no bench, and ends no process.
import type { Figures, Limit } from './bench.ts';

/** One line for each limit that was missed. A figure that is not there, or is no number, misses. */
export function judge(figures: Figures, limits: readonly Limit[]): string[] {
  return limits.flatMap(({ figure, atMost = Infinity, atLeast = -Infinity }) => {
    const value = figures[figure] ?? Number.NaN;
    if (value <= atMost && value >= atLeast) return [];
    const least = atLeast === -Infinity ? [] : [`at least ${atLeast}`];
    const most = atMost === Infinity ? [] : [`at most ${atMost}`];
    return [`missed: ${figure} is ${value}, ${[...least, ...most].join(' and ')} is wanted`];
  });
}
