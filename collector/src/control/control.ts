// The control state of one process: what the control log says about properties, keys and tokens.
// It keeps nothing beside the log, and a change counts only once it came back through the fold.
import { z } from 'zod';
import type { Log } from '../log/log.ts';
import { type LogLogger, STDERR_LOGGER } from '../log/logger.ts';
import { encodeControlRecord, MAX_CONTROL_BYTES, type Subject } from './controlRecord.ts';
import { createFold, type Fold, idOf, type Values } from './fold.ts';
import { type ControlCounts, createFollower, type Follower } from './follower.ts';
import type { Property, ReadToken, WriteKey } from './property.ts';
import { propertySchema, readTokenSchema, writeKeySchema } from './propertySchema.ts';
import { createReadToken, createWriteKey, hashToken } from './secrets.ts';

/**
 * How a change ended. `conflict` is a 409: another change came first, so read the value again,
 * decide again and send that. The others are mistakes of the caller.
 */
export type Change<T> =
  | { readonly done: true; readonly value: T; readonly revision: number }
  | {
      readonly done: false;
      readonly code: 'conflict' | 'invalid' | 'unknown_property' | 'unknown_key';
      readonly message: string;
      /** The revision in force. */
      readonly revision: number;
    };

export interface Control {
  keyOf(writeKey: string): WriteKey | undefined;
  tokenOf(token: string): Property | undefined;
  property(id: string): Property | undefined;
  properties(): readonly Property[];
  writeKeysOf(property: string): readonly WriteKey[];
  readTokensOf(property: string): readonly ReadToken[];
  /** 0 where there is nothing; a change names the revision that it was decided on. */
  revisionOf(subject: Subject, id: string): number;
  putProperty(
    property: Property,
    change: { expected: number; by: string },
  ): Promise<Change<Property>>;
  /** Makes a live key; the property must exist. */
  putWriteKey(property: string, change: { by: string }): Promise<Change<WriteKey>>;
  /** From then on beacons with this key are refused. */
  stopWriteKey(key: string, change: { by: string }): Promise<Change<WriteKey>>;
  /** Makes a read token. Its clear text is in this answer and nowhere else. */
  putReadToken(
    property: string,
    change: { name: string; by: string },
  ): Promise<Change<ReadToken & { readonly token: string }>>;
  /** Folds what the log holds by now, without waiting for the next round. */
  catchUp(): Promise<void>;
  counts(): ControlCounts;
  /** Stops following. The log stays open: it is not the control's own. */
  stop(): Promise<void>;
}

export interface ControlOptions {
  readonly now: () => number;
  readonly logger?: LogLogger;
}

/** Folds the whole control log, then follows it. */
export async function createControl(log: Log, options: ControlOptions): Promise<Control> {
  const fold = createFold();
  const follower = createFollower(log, fold, options.logger ?? STDERR_LOGGER);
  await follower.catchUp();
  const deps = { fold, follower, now: options.now };
  return {
    ...createLookups(fold),
    putProperty: (property, change) =>
      put(deps, { subject: 'property', schema: propertySchema, value: property, ...change }),
    putWriteKey: async (property, { by }) =>
      missingProperty(fold, property) ??
      put(deps, {
        ...{ subject: 'writeKey', schema: writeKeySchema, expected: 0, by },
        value: { key: createWriteKey(), property, state: 'live' },
      }),
    stopWriteKey: async (key, { by }) => {
      const value = fold.get('writeKey', key);
      if (value === undefined)
        return { done: false, code: 'unknown_key', message: 'no such write key', revision: 0 };
      const expected = fold.revisionOf('writeKey', key);
      const stopped = { ...value, state: 'stopped' as const };
      return put(deps, {
        subject: 'writeKey',
        schema: writeKeySchema,
        value: stopped,
        expected,
        by,
      });
    },
    putReadToken: async (property, { name, by }) => {
      const missing = missingProperty(fold, property);
      if (missing) return missing;
      const token = createReadToken();
      const change = await put(deps, {
        ...{ subject: 'readToken', schema: readTokenSchema, expected: 0, by },
        value: { hash: hashToken(token), property, name },
      });
      return change.done ? { ...change, value: { ...change.value, token } } : change;
    },
    catchUp: () => follower.catchUp(),
    counts: () => follower.counts(),
    stop: () => follower.stop(),
  };
}

type Lookups = Pick<
  Control,
  'keyOf' | 'tokenOf' | 'property' | 'properties' | 'writeKeysOf' | 'readTokensOf' | 'revisionOf'
>;

function createLookups(fold: Fold): Lookups {
  const property = (id: string) => fold.get('property', id);
  return {
    property,
    properties: () => fold.all('property'),
    keyOf: (writeKey) => fold.get('writeKey', writeKey),
    tokenOf: (token) => {
      const found = fold.get('readToken', hashToken(token));
      return found && property(found.property);
    },
    writeKeysOf: (id) => fold.all('writeKey').filter((key) => key.property === id),
    readTokensOf: (id) => fold.all('readToken').filter((token) => token.property === id),
    revisionOf: (subject, id) => fold.revisionOf(subject, id),
  };
}

interface Put<S extends Subject> {
  readonly subject: S;
  readonly schema: z.ZodType<Values[S]>;
  readonly value: Values[S];
  readonly expected: number;
  readonly by: string;
}

async function put<S extends Subject>(
  { fold, follower, now }: { fold: Fold; follower: Follower; now: () => number },
  { subject, schema, value: given, expected, by }: Put<S>,
): Promise<Change<Values[S]>> {
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    return {
      done: false,
      code: 'invalid',
      message: z.prettifyError(parsed.error),
      revision: expected,
    };
  const value = parsed.data;
  const id = idOf(subject, value);
  const record = { subject, id, expected, value, at: now(), by };
  const sizeBytes = encodeControlRecord(record).length;
  if (sizeBytes > MAX_CONTROL_BYTES) {
    const message = `a ${subject} holds at most ${MAX_CONTROL_BYTES} bytes, not ${sizeBytes}`;
    return { done: false, code: 'invalid', message, revision: fold.revisionOf(subject, id) };
  }
  const [folded] = await follower.change([record]);
  if (folded?.result === 'applied') return { done: true, value, revision: folded.revision };
  const revision = folded?.revision ?? 0;
  if (folded?.result === 'unusable')
    return { done: false, code: 'invalid', message: folded.problem, revision };
  const message = `${subject} ${id} is at revision ${revision}, not ${expected}: another change came first`;
  return { done: false, code: 'conflict', message, revision };
}

function missingProperty(fold: Fold, id: string) {
  if (fold.get('property', id)) return undefined;
  const message = `there is no property ${JSON.stringify(id)}`;
  return { done: false as const, code: 'unknown_property' as const, message, revision: 0 };
}
