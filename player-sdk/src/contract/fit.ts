// Brings what a page or a player hands in within the bounds of the contract, so that a long title or
// a fraction never costs a beacon. What cannot be brought within is left out.
import { LIMITS } from './limits.ts';

/** Keys whose text may be long; every other text is cut as an id. */
const LONG = /^(title|origin|path|referrer|message|value)$/;

/** Keys whose numbers have fractions. */
const REAL = ['frameRate', 'pixelRatio'];

/** A context or an event within the contract's bounds. Pure: what fits already comes out equal. */
export function toFitting<T extends object>(value: T): T {
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const fitted = fit((value as Record<string, unknown>)[key], key); // Own key, just listed.
    if (fitted !== undefined) out[key] = fitted;
  }
  return out as T; // Same keys; values are cut, rounded or, where unusable, left out.
}

/** Cuts a text, and mends what came broken or was cut in half. */
export function cutText(text: string, chars: number): string {
  return text.slice(0, chars).replace(/[\uD800-\uDFFF]/gu, '\uFFFD'); // With `u`, halves only.
}

function fit(value: unknown, key: string): unknown {
  const most = toEntries(key);
  if (typeof value === 'object' && value) {
    if (most) return fitDictionary(value, most);
    return Array.isArray(value)
      ? value.slice(0, LIMITS.recommendationItems).map((item) => fit(String(item), key))
      : toFitting(value);
  }
  if (most) return undefined;
  if (typeof value === 'string') return cutText(value, toChars(key));
  if (typeof value === 'boolean') return value;
  return typeof value === 'number' ? fitNumber(value, key) : undefined;
}

function toChars(key: string): number {
  if (key === 'token') return LIMITS.tokenChars;
  return LONG.test(key) ? LIMITS.textChars : LIMITS.idChars;
}

/** How many a dictionary of the publisher's own words may have; 0 for what is none. */
function toEntries(key: string): number {
  if (key === 'custom') return LIMITS.customDimensions;
  return key === 'experiments' ? LIMITS.experiments : 0;
}

function fitNumber(value: number, key: string): unknown {
  if (key === 'id') return String(value);
  const whole = REAL.indexOf(key) < 0 ? Math.round(value) : value;
  return whole >= 0 && whole <= Number.MAX_SAFE_INTEGER ? whole : undefined;
}

function fitDictionary(value: object, most: number): Record<string, string> {
  const out: Record<string, string> = {};
  for (const key of Object.keys(value).slice(0, most)) {
    const entry: unknown = (value as Record<string, unknown>)[key]; // Own key, just listed.
    out[cutText(key, LIMITS.idChars)] = cutText(String(entry), LIMITS.idChars);
  }
  return out;
}
