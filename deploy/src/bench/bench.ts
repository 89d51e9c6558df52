// What a benchmark is: it says what it does, and ends with named figures.

export interface Bench {
  /** Names of the options that it takes, each with a value: `--players hlsjs,shaka`. */
  readonly takes?: readonly string[];
  /** Where one is missed, the run says so and ends with 1. */
  readonly limits?: readonly Limit[];
  /** @param say Takes one line of the account. */
  readonly run: (say: (line: string) => void, options: BenchOptions) => Promise<Figures>;
}

/** Those that were given. */
export type BenchOptions = Readonly<Record<string, string | undefined>>;

/** Rates per second, ratios, ms: the name says which. */
export type Figures = Readonly<Record<string, number>>;

/** What one figure must keep to, the bounds themselves included. */
export interface Limit {
  readonly figure: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}
