// What a benchmark is: it says what it does, and ends with named figures.

export interface Bench {
  /** @param say Takes one line of the account. */
  readonly run: (say: (line: string) => void) => Promise<Figures>;
}

/** Rates per second, ratios, ms: the name says which. */
export type Figures = Readonly<Record<string, number>>;
