// The median of a sample and its 95 % confidence interval, from order statistics: no resampling, no
// chance, and no assumption about the distribution (Conover, Practical Nonparametric Statistics, 3.2).

export interface MedianInterval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The ranks between which the median lies with at least 95 % probability are binomial. */
export function toMedianInterval(values: readonly number[]): MedianInterval {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  const rank = toRank(n);
  return {
    median: ((sorted[Math.floor((n - 1) / 2)] ?? 0) + (sorted[Math.ceil((n - 1) / 2)] ?? 0)) / 2,
    low: sorted[rank] ?? Number.NEGATIVE_INFINITY,
    high: sorted[n - 1 - rank] ?? Number.POSITIVE_INFINITY,
  };
}

/** The largest rank r, from 0, with P(fewer than r + 1 values lie below the median) ≤ 2.5 %; −1: none. */
function toRank(n: number): number {
  let probability = 0.5 ** n;
  let sum = probability;
  let rank = -1;
  while (sum <= 0.025) {
    rank += 1;
    probability *= (n - rank) / (rank + 1);
    sum += probability;
  }
  return rank;
}
