// The fold of the control log: the same records in the same order give every process the same
// state. Pure: it reads no clock and no log.
import { z } from 'zod';
import { type ControlRecord, SUBJECTS, type Subject } from './controlRecord.ts';
import type { Property, ReadToken, WriteKey } from './property.ts';
import { propertySchema, readTokenSchema, writeKeySchema } from './propertySchema.ts';

export interface Values {
  readonly property: Property;
  readonly writeKey: WriteKey;
  readonly readToken: ReadToken;
}

const SCHEMAS: { readonly [S in Subject]: z.ZodType<Values[S]> } = {
  property: propertySchema,
  writeKey: writeKeySchema,
  readToken: readTokenSchema,
};

/** `unusable`: the record won, but its subject or value is not known here; the value before stays. */
export type Folded =
  | { readonly result: 'applied'; readonly revision: number }
  | { readonly result: 'conflict'; readonly revision: number }
  | { readonly result: 'unusable'; readonly revision: number; readonly problem: string };

export interface Fold {
  apply(record: ControlRecord): Folded;
  /** 0 where there is nothing. */
  revisionOf(subject: Subject, id: string): number;
  get<S extends Subject>(subject: S, id: string): Values[S] | undefined;
  all<S extends Subject>(subject: S): readonly Values[S][];
}

export function createFold(): Fold {
  const revisions = new Map<string, number>();
  const values: { readonly [S in Subject]: Map<string, Values[S]> } = {
    property: new Map(),
    writeKey: new Map(),
    readToken: new Map(),
  };
  const keep = <S extends Subject>(subject: S, id: string, value: unknown): string | undefined => {
    const parsed = SCHEMAS[subject].safeParse(value);
    if (!parsed.success) return z.prettifyError(parsed.error);
    if (idOf(subject, parsed.data) !== id) return `the value is not that of ${id}`;
    const before = values[subject].get(id);
    if (before && ownerOf(before) !== ownerOf(parsed.data)) return 'it belongs to another property';
    values[subject].set(id, parsed.data);
    return undefined;
  };
  return {
    apply: ({ subject, id, expected, value }) => {
      const name = revisionName(subject, id);
      const before = revisions.get(name) ?? 0;
      if (expected !== before) return { result: 'conflict', revision: before };
      // Raised whether or not this version understands the value: all must agree on who came first.
      const revision = before + 1;
      revisions.set(name, revision);
      const problem = isSubject(subject) ? keep(subject, id, value) : `unknown subject ${subject}`;
      return problem === undefined
        ? { result: 'applied', revision }
        : { result: 'unusable', revision, problem };
    },
    revisionOf: (subject, id) => revisions.get(revisionName(subject, id)) ?? 0,
    get: (subject, id) => values[subject].get(id),
    all: (subject) => [...values[subject].values()],
  };
}

/** What a value is found by. */
export function idOf<S extends Subject>(subject: S, value: Values[S]): string {
  const ids: { readonly [K in Subject]: (value: Values[K]) => string } = {
    property: ({ id }) => id,
    writeKey: ({ key }) => key,
    readToken: ({ hash }) => hash,
  };
  return ids[subject](value);
}

/** A key or a token never changes its property. */
function ownerOf(value: Values[Subject]): string {
  return 'property' in value ? value.property : value.id;
}

function revisionName(subject: string, id: string): string {
  return `${subject}/${id}`;
}

function isSubject(name: string): name is Subject {
  return SUBJECTS.some((subject) => subject === name);
}
