// One record of the log becomes rows, rejects, or both. Total: whatever the record holds, it ends in
// lines for the store or in a reject with its reason, and nothing is thrown.
import {
  type BeaconHead,
  decodeRecord,
  type LogRecord,
  type RejectHead,
} from '@retour/collector/log';
import type { WireBeacon } from '@retour/player-sdk/contract';
import { type IssueReason, readBeacon } from '@retour/player-sdk/contract/schema';
import { type OutOfTime, splitByTime, type TimeBounds } from './splitByTime.ts';
import { toContextLine, toLabelLines } from './toNameLines.ts';
import { toViewLines, type ViewLines } from './toViewLines.ts';

/** Why the writer rejects; the closed list of stage `writer`. */
export type WriterReason = 'unreadable' | 'refused_by_engine' | OutOfTime | IssueReason;

export interface Reject {
  readonly head: RejectHead & { readonly reason: WriterReason };
  readonly body: Uint8Array;
}

export interface RecordRows extends ViewLines {
  readonly record: LogRecord;
  readonly contexts: readonly string[];
  readonly labels: readonly string[];
  readonly rejects: readonly Reject[];
}

const NO_ROWS = { slices: [], events: [], views: [], contexts: [], labels: [] } as const;
const DETAIL_CHARS = 200;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export function toRows(record: LogRecord, bounds: TimeBounds): RecordRows {
  const read = readRecord(record);
  if ('reject' in read) return { ...NO_ROWS, record, rejects: [read.reject] };
  const { head, wire, rejects } = read;
  const { kept, out } = splitByTime(wire, head.receivedAt, bounds);
  const late = out.map(({ reason, items, beacon }) =>
    toReject(head, {
      reason,
      item: items.join(',').slice(0, DETAIL_CHARS),
      detail: `${items.length} items beyond the bounds from their receipt`,
      body: encoder.encode(JSON.stringify(beacon)),
    }),
  );
  return {
    record,
    ...toViewLines(head, kept),
    contexts: [toContextLine(head, kept)],
    labels: toLabelLines(head, kept),
    rejects: [...rejects, ...late],
  };
}

/** The whole record, refused by the engine although it could be read. */
export function toRefused(record: LogRecord, detail: string): Reject {
  const read = readRecord(record);
  if ('reject' in read) return read.reject;
  const { body } = decodeRecord(record.value);
  return toReject(read.head, { reason: 'refused_by_engine', item: 'beacon', detail, body });
}

type Read =
  | { readonly head: BeaconHead; readonly wire: WireBeacon; readonly rejects: readonly Reject[] }
  | { readonly reject: Reject };

function readRecord(record: LogRecord): Read {
  const unreadable = (detail: string): Read => ({
    reject: toReject(
      { property: '', receivedAt: record.at },
      { reason: 'unreadable', item: 'beacon', detail, body: record.value },
    ),
  });
  let head: BeaconHead;
  let body: Uint8Array;
  try {
    ({ head, body } = decodeRecord<BeaconHead>(record.value));
  } catch {
    return unreadable('a log record without a head'); // The parser's words would quote the record.
  }
  if (!isHead(head)) return unreadable('a head without a property, a time or an enrichment');
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(body));
  } catch {
    return {
      reject: toReject(head, {
        reason: 'unreadable',
        item: 'beacon',
        detail: 'a body that is not JSON',
        body,
      }),
    };
  }
  const { beacon, issues } = readBeacon(value);
  const rejects = issues.map(({ reason, item, detail }) =>
    toReject(head, { reason, item, detail, body }),
  );
  const [first] = rejects;
  if (beacon !== undefined) return { head, wire: beacon, rejects };
  return first === undefined ? unreadable('a beacon that cannot be used') : { reject: first };
}

function isHead(head: BeaconHead): boolean {
  return (
    typeof head?.property === 'string' &&
    Number.isSafeInteger(head.receivedAt) &&
    typeof head.enrichment === 'object' &&
    head.enrichment !== null
  );
}

interface Refusal {
  readonly reason: WriterReason;
  readonly item: string;
  readonly detail: string;
  readonly body: Uint8Array;
}

function toReject(
  { property, receivedAt }: Pick<BeaconHead, 'property' | 'receivedAt'>,
  { reason, item, detail, body }: Refusal,
): Reject {
  return {
    head: {
      property,
      receivedAt,
      stage: 'writer',
      reason,
      item,
      detail: detail.slice(0, DETAIL_CHARS),
    },
    body,
  };
}
