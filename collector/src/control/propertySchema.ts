// What a property, a write key and a read token may hold: checked before they are written, and
// again when they are folded, because another version may have written them.
import { PRIVACY_MODES } from '@retour/player-sdk/contract';
import { z } from 'zod';
import type { Property, ReadToken, WriteKey } from './property.ts';

const propertyId = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, 'a property id is 1 to 40 of a-z, 0-9 and -');

const quotaSchema = z.object({
  beaconsPerSecond: z.number().positive().max(1_000_000),
  warnAt: z.number().min(0).max(1),
  rubbishPerSecond: z.number().positive().max(1_000_000),
});

const originSchema = z
  .string()
  .max(300)
  .refine(isOrigin, 'an origin is scheme://host[:port] without a path, or null');

export const propertySchema: z.ZodType<Property> = z.object({
  id: propertyId,
  name: z.string().trim().min(1).max(100),
  timeZone: z
    .string()
    .max(60)
    .refine(isTimeZone, 'a time zone of the IANA database, as Europe/Paris'),
  privacy: z.enum(PRIVACY_MODES),
  origins: z.array(originSchema).max(200),
  /** At most the length of a slice, so that the newest cells fill; at least what a collector bears. */
  heartbeatMs: z.int().min(1_000).max(60_000),
  sampling: z.number().min(0).max(1),
  quota: quotaSchema,
});

export const writeKeySchema: z.ZodType<WriteKey> = z.object({
  key: z.string().regex(/^[A-Za-z0-9]{16,64}$/, 'a write key is 16 to 64 letters and digits'),
  property: propertyId,
  state: z.enum(['live', 'stopped']),
});

export const readTokenSchema: z.ZodType<ReadToken> = z.object({
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'the SHA-256 of a read token, in hex'),
  property: propertyId,
  name: z.string().trim().min(1).max(100),
});

function isOrigin(text: string): boolean {
  // What packaged TV applications send.
  if (text === 'null') return true;
  return URL.canParse(text) && /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+$/i.test(text);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
