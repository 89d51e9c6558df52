// Brings whatever a player reports into the contract's bounds: finite integers, cut and well-formed
// texts. No number or text of a signal enters a row but through here.
import { cutText } from '../contract/fit.ts';
import { LIMITS } from '../contract/index.ts';

/** Far above any date, position or byte count, and far below what a double adds up exactly. */
const MAX_INTEGER = 1e13;

/** A non-negative integer, clamped; undefined where it is no number, negative or not finite. */
export function toKnown(value: unknown, max: number = MAX_INTEGER): number | undefined {
  return typeof value === 'number' && value >= 0 && value < Infinity
    ? Math.min(max, Math.round(value) + 0) // No −0.
    : undefined;
}

/** What may be reckoned with: what is no number makes NaN of a sum. */
export function toNumber(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

/** A non-negative integer, but 0 where the number is not known. */
export function toInteger(value: unknown, max?: number): number {
  return toKnown(value, max) || 0;
}

/** A text that says something. */
export function toText(value: unknown, chars: number = LIMITS.idChars): string | undefined {
  return typeof value === 'string' && value !== '' ? cutText(value, chars) : undefined;
}

/** One of the words, or the last of them. */
export function toWord<const W extends string>(value: unknown, words: readonly W[]): W {
  const index = words.indexOf(value as W); // indexOf compares; it takes any value.
  return (words[index] ?? words[words.length - 1]) as W; // No list of words is empty.
}

/** Facts of which some may turn out not to be known. */
export type Loose<F> = { readonly [K in keyof F]: F[K] | undefined };

/** Puts the facts that are known into a target; the others leave it as it is. */
export function putKnown<T extends object>(target: T, facts: Loose<Partial<T>>): T {
  for (const key of Object.keys(facts) as (keyof T)[]) {
    if (facts[key] !== undefined) target[key] = facts[key] as T[keyof T]; // By the same key.
  }
  return target;
}
