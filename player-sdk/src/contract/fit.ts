// Brings what page, player and browser say of a view within the bounds of the contract, so that neither a
// long title nor a wrong type ever costs a beacon. What cannot be brought within is left out.
import { LIMITS } from './limits.ts';

/** The keys of a context by what they hold. All others hold text. */
const RECORD = /^(asset|series|work|player|page|device|connection|viewer)$/;
const NUMBER = /^(rev|weight|pixelRatio|screen.*|.*(Ms|Kbps))$/;
const FLAG = /^(mobile|saveData)$/;
/** Records that say nothing without an id. */
const NAMED = /^(series|viewer)$/;
/** Keys whose text may be long; every other text is cut as an id. */
const LONG = /^(title|origin|path|referrer)$/;

/** A context within the contract's bounds. Pure: what fits already comes out equal. */
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
  const record = typeof value === 'object' && !Array.isArray(value) && value;
  if (most) return record ? fitDictionary(record, most) : undefined;
  if (RECORD.test(key)) {
    const fitted: { id?: unknown } = toFitting(record || {});
    return record && (fitted.id || !NAMED.test(key)) ? fitted : undefined;
  }
  if (FLAG.test(key)) return typeof value === 'boolean' ? value : undefined;
  const isNumber = typeof value === 'number';
  if (NUMBER.test(key)) return isNumber ? fitNumber(value, key) : undefined;
  const text =
    typeof value === 'string' || isNumber ? cutText(`${value}`, toChars(key)) : undefined;
  return key !== 'streamType' || /^(vod|live|unknown)$/.test(`${text}`) ? text : undefined;
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

function fitNumber(value: number, key: string): number | undefined {
  const fitted = key === 'pixelRatio' ? value : Math.round(value);
  return fitted >= 0 && fitted <= Number.MAX_SAFE_INTEGER ? fitted : undefined;
}

function fitDictionary(value: object, most: number): Record<string, string> {
  const out: Record<string, string> = {};
  for (const key of Object.keys(value)) {
    const entry: unknown = (value as Record<string, unknown>)[key]; // Own key, just listed.
    const isSaid = /^(string|number|boolean)$/.test(typeof entry);
    if (!isSaid || Object.keys(out).length >= most) continue;
    out[cutText(key, LIMITS.idChars)] = cutText(`${entry}`, LIMITS.idChars);
  }
  return out;
}
