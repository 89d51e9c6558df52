// Brings what a page or a player hands in within the bounds of the contract, so that a long title or
// a fraction never costs a beacon. What cannot be brought within is left out.
import { LIMITS } from './limits.ts';

/** Keys whose text may be long; every other text is cut as an id. */
const LONG: { readonly [key: string]: number } = {
  title: LIMITS.textChars,
  origin: LIMITS.textChars,
  path: LIMITS.textChars,
  referrer: LIMITS.textChars,
  message: LIMITS.textChars,
  value: LIMITS.textChars,
  token: LIMITS.tokenChars,
};

/** Keys whose numbers have fractions. */
const REAL = ['frameRate', 'pixelRatio'];

/** Keys that hold a dictionary of the publisher's own words, and how many entries it may have. */
const DICTIONARY: { readonly [key: string]: number } = {
  custom: LIMITS.customDimensions,
  experiments: LIMITS.experiments,
};

/** A context or an event within the contract's bounds. Pure: what fits already comes out equal. */
export function toFitting<T extends object>(value: T): T {
  return fitObject(value) as T; // Same keys; values are cut, rounded or, where unusable, left out.
}

/** Cuts a text, and mends what came broken or was cut in half. */
export function cutText(text: string, chars: number): string {
  return text.slice(0, chars).replace(/[\uD800-\uDFFF]/gu, '\uFFFD'); // With `u`, halves only.
}

function fitObject(value: object): object {
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const entry: unknown = (value as Record<string, unknown>)[key]; // Own key, just listed.
    const fitted = key in DICTIONARY ? fitDictionary(entry, DICTIONARY[key]) : fit(entry, key);
    if (fitted !== undefined) out[key] = fitted;
  }
  return out;
}

function fit(value: unknown, key: string): unknown {
  if (typeof value === 'string') return cutText(value, LONG[key] ?? LIMITS.idChars);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return fitNumber(value, key);
  if (Array.isArray(value)) {
    return value.slice(0, LIMITS.recommendationItems).map((item) => fit(String(item), key));
  }
  return typeof value === 'object' && value !== null ? fitObject(value) : undefined;
}

function fitNumber(value: number, key: string): unknown {
  if (key === 'id') return String(value);
  const whole = REAL.indexOf(key) < 0 ? Math.round(value) : value;
  return whole >= 0 && whole <= Number.MAX_SAFE_INTEGER ? whole : undefined;
}

function fitDictionary(value: unknown, most = 0): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const out: Record<string, string> = {};
  for (const key of Object.keys(value).slice(0, most)) {
    const entry: unknown = (value as Record<string, unknown>)[key]; // Own key, just listed.
    out[cutText(key, LIMITS.idChars)] = cutText(String(entry), LIMITS.idChars);
  }
  return out;
}
