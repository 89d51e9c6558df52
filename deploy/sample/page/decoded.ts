// Puts the contract's rows into words: each position that says anything, by its name, with its value
// and unit. Text only.
import {
  type Beacon,
  type Cell,
  CLOCKS,
  decodeDelivery,
  EXIT_KINDS,
  PLAY_STATES,
  type Position,
  SLICE_POSITIONS,
  type Slice,
  SUMMARY_POSITIONS,
  type Summary,
  type ViewEvent,
} from '@retour/player-sdk/contract';

/** No content is thirty years long, ms. */
const EPOCH_FROM = 1e12;

/** A name, what it holds, its unit. */
export type Line = readonly [name: string, value: string, unit: string];

export function toSliceLines(slice: Slice): Line[] {
  return toLines(SLICE_POSITIONS, slice);
}

export function toSummaryLines(summary: Summary): Line[] {
  return toLines(SUMMARY_POSITIONS, summary);
}

export function toEventLines({ type: _, seq: _seq, ...facts }: ViewEvent): Line[] {
  const { at, ...rest } = facts;
  return [['at', toTime(at), ''], ...flatten(rest)];
}

export function toContextLines({ ctx, sdk, lost }: Beacon): Line[] {
  return [['sdk', `${sdk.name} ${sdk.version}`, ''], ...flatten(ctx), ...flatten({ lost })];
}

/** What it is about, in one line: the error that ended it; else its last event, and any error. */
export function toTitle({ events }: Beacon): string {
  const errors = events.filter((event) => event.type === 'error');
  const fatal = errors.find((error) => error.fatal);
  const told = new Set(fatal ? [fatal] : [...events.slice(-1), ...errors.slice(-1)]);
  return [...told].map(toEventText).join(', ') || 'heartbeat';
}

export function toEventText(event: ViewEvent): string {
  switch (event.type) {
    case 'firstFrame':
      return event.startupMs === undefined
        ? 'first frame'
        : `first frame after ${toNumber(event.startupMs)} ms`;
    case 'stall':
      return event.durationMs === undefined
        ? 'stall begins'
        : `stall of ${toNumber(event.durationMs)} ms`;
    case 'seek':
      return `seek to ${toPosition(event.to)} by the ${event.by}`;
    case 'pause':
      return `pause by the ${event.by}`;
    case 'rendition': {
      const { height, bitrate } = event.rendition;
      return `rendition ${height ?? '?'}p${bitrate ? `, ${Math.round(bitrate / 1000)} kbit/s` : ''}`;
    }
    case 'error':
      return `${event.fatal ? 'fatal error' : 'error'} ${event.code}`;
    case 'exit':
      return `exit (${event.kind}${event.provisional ? ', for now' : ''})`;
    case 'pathway':
      return `delivery from ${event.host ?? event.pathway ?? 'unknown'}`;
    case 'visibility':
      return event.hidden ? 'hidden' : 'visible';
    case 'requested':
      return `requested (${event.by})`;
    case 'playerReady':
      return 'player ready';
    default:
      return event.type;
  }
}

export function toNumber(value: number): string {
  return value.toLocaleString('en').replaceAll(',', '\u202f');
}

export function toSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)}\u00a0s`;
}

/** In the content. Where it counts from 1970, as of some live streams, it is a time of day. */
export function toPosition(ms: number): string {
  return ms < EPOCH_FROM ? toSeconds(ms) : `${toTime(ms)}\u00a0UTC`;
}

export function toTime(at: number | Date): string {
  return new Date(at).toISOString().slice(11, 23);
}

function toLines(table: readonly Position[], row: object): Line[] {
  return table.flatMap(([name, kind]) => {
    const value: unknown = Reflect.get(row, name);
    const empty = value === 0 || value === '' || (Array.isArray(value) && value.length === 0);
    // Zero is a value where it tells which row this is.
    if (empty && !['k', 'rev', 'ctx', 'endState', 'clock'].includes(name)) return [];
    return [toLine(name, kind, value)];
  });
}

const LISTS: Readonly<Record<string, readonly string[]>> = {
  clock: CLOCKS,
  endState: PLAY_STATES,
  exitKind: EXIT_KINDS,
};

function toLine(name: string, kind: Position[1], value: unknown): Line {
  if (Array.isArray(value)) return [name, value.map((item) => toItem(name)(item)).join('; '), ''];
  if (typeof value !== 'number') return [name, String(value), ''];
  const named = LISTS[name]?.[value];
  if (named !== undefined) return [name, named, ''];
  if (kind === 'time') return [name, toTime(value), 'UTC'];
  return [name, toNumber(value), toUnit(name, kind)];
}

/** Units that the position table names; sums over time are named by their product. */
function toUnit(name: string, kind: Position[1]): string {
  if (name.endsWith('MsMs')) return 'ms × ms';
  if (name.endsWith('PercentMs')) return '% × ms';
  if (name === 'upscaleMax') return '%';
  if (kind === 'bits') return 'bit';
  if (kind === 'bytes') return 'B';
  if (kind === 'ms') return 'ms';
  const level = /^(endPosition|furthest|bufferM|liveLatencyM)/.test(name);
  return level ? 'ms' : '';
}

function toItem(name: string): (item: readonly Cell[]) => string {
  if (name === 'renditions') {
    return ([bitrate = 0, width, height, ms = 0]) =>
      `${width}×${height} ${Math.round(Number(bitrate) / 1000)} kbit/s for ${toNumber(Number(ms))} ms`;
  }
  if (name === 'ranges') {
    return ([from = 0, to = 0, times = 1]) =>
      `${toPosition(Number(from))} – ${toPosition(Number(to))}${times === 1 ? '' : ` ×${times}`}`;
  }
  if (name === 'deliveries') {
    return (item) => {
      const { host, requests, bytes, ttfbMs } = decodeDelivery(item);
      return `${host || 'unknown host'}: ${requests} requests, ${toNumber(bytes)} B, Σ TTFB ${toNumber(ttfbMs)} ms`;
    };
  }
  return (item) => JSON.stringify(item);
}

/** Units of what events and the context hold, by how it is named. */
const FACT_UNITS: readonly (readonly [RegExp, string])[] = [
  [/(Ms|^pos|^from|^to)$/, 'ms'],
  [/Kbps$/, 'kbit/s'],
  [/bitrate$/i, 'bit/s'],
  [/^(screen)?(width|height)$/i, 'px'],
  [/^frameRate$/, 'frames/s'],
];

function flatten(facts: object, prefix = ''): Line[] {
  return Object.entries(facts).flatMap(([key, value]: [string, unknown]): Line[] => {
    if (value === undefined) return [];
    const name = `${prefix}${key}`;
    if (typeof value === 'object' && value !== null) return flatten(value, `${name}.`);
    if (typeof value !== 'number') return [[name, String(value), '']];
    return [[name, toNumber(value), FACT_UNITS.find(([named]) => named.test(key))?.[1] ?? '']];
  });
}
