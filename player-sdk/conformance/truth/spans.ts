// Sums and differences of spans of time: pairs of moments, in order and apart from each other. Pure.

export type Span = readonly [from: number, to: number];

export function sumOf(spans: readonly Span[]): number {
  return spans.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** What of `spans` lies in none of `others`. */
export function without(spans: readonly Span[], others: readonly Span[]): Span[] {
  return others.reduce<readonly Span[]>(
    (rest, [from, to]) =>
      rest.flatMap(([a, b]): Span[] => {
        const parts: Span[] = [
          [a, Math.min(b, from)],
          [Math.max(a, to), b],
        ];
        return parts.filter(([start, end]) => end > start);
      }),
    spans,
  ) as Span[]; // The fold's own arrays.
}

/** What of `spans` lies between two moments. */
export function within(spans: readonly Span[], from: number, to: number): Span[] {
  return spans
    .map(([a, b]): Span => [Math.max(a, from), Math.min(b, to)])
    .filter(([a, b]) => b > a);
}
