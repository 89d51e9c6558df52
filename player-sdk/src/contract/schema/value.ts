// The values that the contract's keyed objects are made of, with their bounds. Nothing here knows
// which key it stands under.
import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { WELL_FORMED } from './wellFormed.ts';

function text(max: number): z.ZodString {
  return z.string().max(max).regex(WELL_FORMED, 'is not well-formed Unicode');
}

/** Names and identifiers. */
export const id: z.ZodString = text(LIMITS.idChars);
/** Titles, messages, paths. */
export const label: z.ZodString = text(LIMITS.textChars);
export const token: z.ZodString = text(LIMITS.tokenChars);
/** Milliseconds, epoch ms, positions, counts, bit/s, px: integers from 0 to 2^53 − 1. */
export const whole: z.ZodInt = z.int().min(0);
/** What has fractions: frame rates, pixel ratios. */
export const real: z.ZodNumber = z.number().min(0);

/** A dictionary of the publisher's own names. */
export function labels(max: number): z.ZodRecord<z.ZodString, z.ZodString> {
  return z
    .record(id, id)
    .refine((value) => Object.keys(value).length <= max, `has more than ${max} entries`);
}

/** An optional key is there with a value or it is not there: null and undefined are neither. */
export function optional<T extends z.core.SomeType>(schema: T): z.ZodExactOptional<T> {
  return z.exactOptional(schema);
}
