// Brings whatever a player reports into the contract's bounds: finite integers, cut and well-formed
// texts. No number or text of a signal enters a row but through here.
import { LIMITS } from '../contract/index.ts';

/** Far above any date, position or byte count, and far below what a double adds up exactly. */
const MAX_INTEGER = 1e13;

/** A non-negative integer: rounded, clamped, 0 where it is no number. */
export function toInteger(value: unknown, max: number = MAX_INTEGER): number {
  return typeof value === 'number' && value > 0 ? Math.min(max, Math.round(value)) : 0;
}

/** The same, but undefined where the number is absent, negative or not finite. */
export function toKnown(value: unknown, max: number = MAX_INTEGER): number | undefined {
  return typeof value === 'number' && value >= 0 && value < Infinity
    ? Math.min(max, Math.abs(Math.round(value))) // No −0.
    : undefined;
}

const SURROGATES = /[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g;

export function toText(value: unknown, chars: number = LIMITS.idChars): string {
  return typeof value === 'string'
    ? value.slice(0, chars).replace(SURROGATES, (match) => (match.length > 1 ? match : '\uFFFD'))
    : '';
}

/** One of the words, or the last of them. */
export function toWord<W extends string>(value: unknown, words: readonly W[]): W {
  const index = words.indexOf(value as W); // indexOf compares; it takes any value.
  return (words[index] ?? words[words.length - 1]) as W; // No list of words is empty.
}

/** Only the keys whose values say something: no undefined, no empty text. */
export function toFacts<F extends object>(facts: F): { [K in keyof F]: Exclude<F[K], undefined> } {
  const known: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(facts)) {
    if (value !== undefined && value !== '') known[key] = value;
  }
  return known as { [K in keyof F]: Exclude<F[K], undefined> }; // What is left is defined.
}
