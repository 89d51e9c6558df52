// One record of the control log: the subject that it changes, the revision that it expects to find,
// and the new value. Whether it wins must depend on nothing else.
import { z } from 'zod';

/** What the control log decides about; later subjects are added here. */
export const SUBJECTS = ['property', 'writeKey', 'readToken'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Values are settings, not data. */
export const MAX_CONTROL_BYTES = 64 * 1024;

/** Subjects of newer processes are let through here: their revisions count all the same. */
const recordSchema = z.object({
  subject: z.string().min(1).max(40),
  id: z.string().min(1).max(200),
  /** The revision that the writer saw; 0 where there was nothing. */
  expected: z.int().nonnegative(),
  value: z.unknown(),
  /** Writer's clock, epoch ms: for people to read, never for order. */
  at: z.number(),
  /** Who did it: a person, a process. */
  by: z.string().max(200),
});

export type ControlRecord = Readonly<z.infer<typeof recordSchema>>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export function encodeControlRecord(record: ControlRecord): Uint8Array {
  return encoder.encode(JSON.stringify(record));
}

/** @throws an Error that says why the bytes are no control record. */
export function decodeControlRecord(bytes: Uint8Array): ControlRecord {
  return recordSchema.parse(JSON.parse(decoder.decode(bytes)));
}
