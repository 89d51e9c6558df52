// The columns of the rows, derived from the contract's position tables, so that a field of the
// contract can be neither forgotten nor renamed on its way. The migrations state the same in SQL;
// a test compares the two. Knows nothing of values: those are the writer's.
import {
  CLOCKS,
  DELIVERY_POSITIONS,
  EXIT_KINDS,
  type Kind,
  PLAY_STATES,
  type Position,
  SLICE_POSITIONS,
  SUMMARY_POSITIONS,
} from '@retour/player-sdk/contract';

export interface Column {
  readonly name: string;
  /** A ClickHouse type, as the engine itself spells it. */
  readonly type: string;
}

/** The tables that rows are inserted into. */
export const ROW_TABLES = ['slices', 'events', 'views', 'contexts', 'labels', 'rejected'] as const;
export type RowTable = (typeof ROW_TABLES)[number];

/** Positions that are codes on the wire and words everywhere else. */
export const CODE_WORDS: Readonly<Record<string, readonly string[]>> = {
  clock: CLOCKS,
  exitKind: EXIT_KINDS,
  endState: PLAY_STATES,
};

const TEXT = 'LowCardinality(String)';
const HISTOGRAM = 'Array(Tuple(bucket UInt8, times UInt64))';

/** Positions whose bound is known (LIMITS), so that less will do than for a sum. */
const BOUNDED: Readonly<Record<string, string>> = { k: 'UInt32', rev: 'UInt16', ctx: 'UInt16' };

/** `leads` are part of the key, `frozen` of it too: see `docs/decisions/0002-physical-keys.md`. */
const KEY: readonly Column[] = [
  { name: 'property', type: TEXT },
  { name: 'view_id', type: 'FixedString(16)' },
];

/** Decides which of two rows of one key stays: revision, then the hash of the whole content. */
export const VERSION: Column = { name: 'version', type: 'UInt64' };

/** What identifies and what was found out, on every slice, event and view (`dimensions.ts`). */
export const CONTEXT_COLUMNS: readonly Column[] = [
  ...named(TEXT, 'asset_id', 'series_id', 'variant', 'stream_type'),
  { name: 'asset_duration_ms', type: 'UInt64' },
  ...named(TEXT, 'isan', 'eidr'),
  ...named(TEXT, 'player_name', 'player_version', 'adapter', 'sdk_name', 'sdk_version'),
  ...named(TEXT, 'page', 'connection', 'drm', 'privacy'),
  { name: 'weight', type: 'UInt32' },
  ...named('String', 'viewer_id', 'recommendation'),
  { name: 'experiments', type: 'Map(LowCardinality(String), String)' },
  { name: 'custom', type: 'Map(LowCardinality(String), String)' },
  ...named(TEXT, 'country', 'region', 'city'),
  { name: 'asn', type: 'UInt32' },
  ...named(TEXT, 'network', 'device_type', 'device_maker', 'device_model'),
  ...named(TEXT, 'os', 'os_version', 'browser', 'browser_version'),
  { name: 'bot', type: 'Bool' },
  { name: 'token_state', type: TEXT },
  { name: 'received_at', type: 'UInt64' },
  { name: 'skew_ms', type: 'Int64' },
  { name: 'unload', type: 'Bool' },
];

/** An event's own columns: its base, then the facts that are asked for most, then all of them. */
const EVENT_COLUMNS: readonly Column[] = [
  { name: 'seq', type: 'UInt32' },
  { name: 'rev', type: 'UInt16' },
  { name: 'at', type: 'UInt64' },
  { name: 'ctx', type: 'UInt16' },
  { name: 'clock', type: TEXT },
  { name: 'type', type: TEXT },
  { name: 'pos', type: 'Nullable(UInt64)' },
  ...named('Nullable(UInt64)', 'duration_ms', 'startup_ms', 'latency_ms'),
  ...named(TEXT, 'by', 'kind', 'of'),
  ...named('Bool', 'fatal', 'business'),
  ...named(TEXT, 'category', 'code'),
  { name: 'message', type: 'String' },
  ...named(TEXT, 'host', 'pathway'),
  { name: 'facts', type: 'String' },
];

export const COLUMNS: Readonly<Record<RowTable, readonly Column[]>> = {
  slices: [...KEY, ...toColumns(SLICE_POSITIONS), ...CONTEXT_COLUMNS, VERSION],
  events: [...KEY, ...EVENT_COLUMNS, ...CONTEXT_COLUMNS, VERSION],
  views: [
    ...KEY,
    ...toColumns(SUMMARY_POSITIONS, summaryLists()),
    { name: 'lost', type: 'Map(LowCardinality(String), UInt64)' },
    ...CONTEXT_COLUMNS,
    VERSION,
  ],
  contexts: [
    ...KEY,
    { name: 'ctx', type: 'UInt16' },
    { name: 'received_day', type: 'UInt64' }, // Epoch ms of the UTC day of its receipt.
    ...named('String', 'context', 'enrichment'),
    VERSION,
  ],
  labels: [
    { name: 'property', type: TEXT },
    { name: 'kind', type: TEXT },
    ...named('String', 'id', 'title'),
    VERSION,
  ],
  rejected: [
    { name: 'property', type: TEXT },
    { name: 'received_at', type: 'UInt64' },
    { name: 'id', type: 'UInt64' },
    ...named(TEXT, 'stage', 'reason'),
    ...named('String', 'detail', 'item'),
    { name: 'encoding', type: TEXT }, // of the body: `utf8`, or `base64` where it is no text
    { name: 'body', type: 'String' },
  ],
};

/** The columns of one position table, in its order. */
export function toColumns(
  table: readonly Position[],
  lists: Readonly<Record<string, string>> = sliceLists(),
): Column[] {
  return table.map(([name, kind]) => ({ name: toSnake(name), type: typeOf(name, kind, lists) }));
}

export function toSnake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Sums are 64 bits wide, so that nothing that the contract lets through wraps round. */
function typeOf(name: string, kind: Kind, lists: Readonly<Record<string, string>>): string {
  switch (kind) {
    case 'text':
      return TEXT;
    case 'list':
      return listType(name, lists);
    case 'code':
      return name in CODE_WORDS ? TEXT : 'UInt8';
    case 'level':
      return BOUNDED[name] ?? 'UInt64';
    case 'time':
    case 'ms':
    case 'bits':
    case 'bytes':
    case 'count':
      return 'UInt64';
  }
}

function listType(name: string, lists: Readonly<Record<string, string>>): string {
  const type = lists[name];
  if (type === undefined) throw new Error(`no column type is stated for the list "${name}"`);
  return type;
}

function sliceLists(): Record<string, string> {
  return {
    renditions: 'Array(Tuple(bitrate UInt64, width UInt64, height UInt64, playing_ms UInt64))',
    deliveries: `Array(Tuple(${DELIVERY_POSITIONS.map(
      ([name, kind]) =>
        `${toSnake(name)} ${typeOf(name, kind, { ttfbHistogram: HISTOGRAM, throughputHistogram: HISTOGRAM })}`,
    ).join(', ')}))`,
    ranges: 'Array(Tuple(from_ms UInt64, to_ms UInt64))',
  };
}

function summaryLists(): Record<string, string> {
  return { ranges: 'Array(Tuple(from_ms UInt64, to_ms UInt64, times UInt64))' };
}

function named(type: string, ...names: readonly string[]): Column[] {
  return names.map((name) => ({ name, type }));
}
