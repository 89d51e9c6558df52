// What version 1 may still gain: positions at a table's end, codes at a list's end, optional keys,
// event types, wider limits. Everything else is another version. The committed snapshot is the
// promise; `RETOUR_EXTEND_CONTRACT=1 npx vitest run --project unit player-sdk/src/contract` writes
// a longer one, after the same checks.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  CELL_MS,
  CLOCKS,
  CONTRACT_VERSION,
  CUTS_PER_CELL,
  DELIVERY_POSITIONS,
  EXIT_KINDS,
  LAST_BUCKET,
  LIMITS,
  PLAY_STATES,
  QUARTILES,
  REFUSAL_CODES,
  SLICE_POSITIONS,
  SUMMARY_POSITIONS,
  TIMED_STATES,
} from './index.ts';
import { contextSchema } from './schema/context.ts';
import { eventSchemas } from './schema/event.ts';
import { ISSUE_REASONS } from './schema/issue.ts';
import { lossesSchema } from './schema/readBeacon.ts';

const FILE = new URL('./version1.golden.json', import.meta.url);

interface Promise1 {
  /** Never changes. */
  readonly fixed: Readonly<Record<string, number>>;
  /** Grows at its end only. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** May be raised. */
  readonly limits: Readonly<Record<string, number>>;
  /** Path of a key → its type and whether it is required. New keys are optional. */
  readonly keys: Readonly<Record<string, string>>;
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** `player.name` → `string required`; the words of an enumeration are a list of their own. */
function putKeys(
  schema: JsonSchema,
  path: string,
  out: { keys: Record<string, string>; lists: Record<string, string[]> },
): void {
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    if (typeof value === 'boolean') continue;
    const at = `${path}.${key}`;
    const required = schema.required?.includes(key) === true ? 'required' : 'optional';
    out.keys[at] = `${value.type ?? typeof value.const} ${required}`;
    if (value.enum !== undefined) out.lists[at] = value.enum.map(String);
    putKeys(value, at, out);
  }
}

function readCode(): Promise1 {
  const table = (positions: readonly (readonly [string, string])[]): string[] =>
    positions.map((each) => each.join(' '));
  const lists: Record<string, string[]> = {
    slice: table(SLICE_POSITIONS),
    summary: table(SUMMARY_POSITIONS),
    delivery: table(DELIVERY_POSITIONS),
    playStates: [...PLAY_STATES],
    exitKinds: [...EXIT_KINDS],
    clocks: [...CLOCKS],
    quartiles: QUARTILES.map(String),
    refusals: [...REFUSAL_CODES],
    issues: [...ISSUE_REASONS],
  };
  const keys: Record<string, string> = {};
  const schemas: [string, z.ZodType][] = [
    ['ctx', contextSchema],
    ['lost', lossesSchema],
    ...eventSchemas,
  ];
  for (const [name, schema] of schemas) putKeys(z.toJSONSchema(schema), name, { keys, lists });
  const fixed = {
    version: CONTRACT_VERSION,
    cellMs: CELL_MS,
    cutsPerCell: CUTS_PER_CELL,
    lastBucket: LAST_BUCKET,
    timedStates: TIMED_STATES.length,
  };
  return { fixed, lists, limits: { ...LIMITS }, keys };
}

/** What `now` breaks of what `then` promised. */
function findBreaks(then: Promise1, now: Promise1): string[] {
  const breaks: string[] = [];
  const expectThat = (holds: boolean, what: string): void => {
    if (!holds) breaks.push(what);
  };
  for (const [name, value] of Object.entries(then.fixed))
    expectThat(now.fixed[name] === value, `${name} changed`);
  for (const [name, list] of Object.entries(then.lists)) {
    const start = now.lists[name]?.slice(0, list.length) ?? [];
    expectThat(JSON.stringify(start) === JSON.stringify(list), `${name} is not only longer`);
  }
  for (const [name, limit] of Object.entries(then.limits))
    expectThat((now.limits[name] ?? -1) >= limit, `${name} shrank`);
  for (const [path, kind] of Object.entries(then.keys))
    expectThat(now.keys[path] === kind, `${path} changed`);
  for (const [path, kind] of Object.entries(now.keys)) {
    const isNewType = !Object.keys(then.keys).some(
      (known) => known.split('.')[0] === path.split('.')[0],
    );
    expectThat(
      path in then.keys || isNewType || kind.endsWith('optional'),
      `${path} is new and required`,
    );
  }
  return breaks;
}

const promised = JSON.parse(readFileSync(FILE, 'utf8')) as Promise1; // Written below, in this shape.

describe('version 1 of the contract', () => {
  it('keeps what it promised', () => {
    expect(findBreaks(promised, readCode())).toEqual([]);
  });

  it('has promised all that it has', () => {
    if (
      process.env.RETOUR_EXTEND_CONTRACT === '1' &&
      findBreaks(promised, readCode()).length === 0
    ) {
      writeFileSync(FILE, `${JSON.stringify(readCode(), null, 1)}\n`);
      return;
    }
    expect(readCode()).toEqual(promised);
  });

  it.each<[string, (now: Promise1) => Promise1]>([
    [
      'a position is renamed',
      (now) => ({
        ...now,
        lists: { ...now.lists, slice: ['key level', ...(now.lists.slice ?? []).slice(1)] },
      }),
    ],
    [
      'a position is put in between',
      (now) => ({ ...now, lists: { ...now.lists, slice: ['new ms', ...(now.lists.slice ?? [])] } }),
    ],
    ['a code is removed', (now) => ({ ...now, lists: { ...now.lists, exitKinds: ['none'] } })],
    ['a limit shrinks', (now) => ({ ...now, limits: { ...now.limits, slices: 59 } })],
    [
      'a key becomes required',
      (now) => ({ ...now, keys: { ...now.keys, 'ctx.drm': 'string required' } }),
    ],
    [
      'a required key is added',
      (now) => ({ ...now, keys: { ...now.keys, 'ctx.new': 'string required' } }),
    ],
    ['a key goes', (now) => ({ ...now, keys: {} })],
    ['the grid changes', (now) => ({ ...now, fixed: { ...now.fixed, cellMs: 5_000 } })],
  ])('is broken when %s', (_, change) => {
    expect(findBreaks(promised, change(readCode()))).not.toEqual([]);
  });

  it('may gain positions, codes, optional keys and event types', () => {
    const now = readCode();
    const grown: Promise1 = {
      ...now,
      lists: {
        ...now.lists,
        slice: [...(now.lists.slice ?? []), 'new ms'],
        exitKinds: [...(now.lists.exitKinds ?? []), 'lost'],
      },
      limits: { ...now.limits, slices: 61 },
      keys: { ...now.keys, 'ctx.new': 'string optional', 'hologram.seq': 'integer required' },
    };
    expect(findBreaks(promised, grown)).toEqual([]);
  });
});
