// Takes a request's beacons through their steps, and makes of each one log record, and of whatever
// was wrong with it a reject that could be replayed alone.
import type { RefusalCode } from '@retour/player-sdk/contract';
import type { IssueReason } from '@retour/player-sdk/contract/schema';
import type { NewRecord } from '../log/log.ts';
import { encodeHeaded, encodeRecord, type RejectHead } from '../log/record.ts';
import { BEACON } from './index.ts';
import {
  type Arrival,
  createPassage,
  KEPT,
  type Passage,
  type Tools,
  type Verdict,
} from './passage.ts';
import { toItemBody } from './toItemBody.ts';

/** The closed list of reasons of the collector's rejects. */
export type RejectReason = IssueReason | RefusalCode;

export interface Reject<R extends RejectReason = RejectReason> {
  readonly reason: R;
  readonly detail: string;
  readonly item: string;
  /** Partition key: the view where it is known. */
  readonly key: string;
  readonly body: Uint8Array;
}

export interface Intake {
  /** A drop where no beacon could be used. */
  readonly verdict: Verdict;
  readonly records: readonly NewRecord[];
  readonly rejects: readonly Reject<IssueReason>[];
}

export function takeIn(arrival: Arrival, tools: Tools): Intake {
  const records: NewRecord[] = [];
  const rejects: Reject<IssueReason>[] = [];
  let first: Verdict = KEPT;
  for (const value of arrival.values) {
    const passage = createPassage(arrival, value);
    const verdict = walk(passage, tools);
    if (verdict.kept) records.push(toRecord(passage));
    else if (first.kept) first = verdict;
    for (const issue of passage.issues) {
      const key = passage.beacon.view || arrival.property.id;
      rejects.push({ ...issue, key, body: toItemBody(passage, issue.item) });
    }
  }
  return { verdict: records.length > 0 ? KEPT : first, records, rejects };
}

/** A whole body that was refused before its beacons could be read. */
export function toReject({ property, body }: Arrival, reason: RefusalCode, detail: string): Reject {
  return { reason, detail, item: 'beacon', key: property.id, body };
}

export function toRejectRecord({ property, receivedAt }: Arrival, reject: Reject): NewRecord {
  const { reason, detail, item, key, body } = reject;
  const head: RejectHead = {
    property: property.id,
    receivedAt,
    stage: 'collector',
    reason,
    detail,
    item,
  };
  return { key, value: encodeRecord(head, body) };
}

function walk(passage: Passage, tools: Tools): Verdict {
  for (const step of BEACON) {
    const verdict = step(passage, tools);
    if (!verdict.kept) return verdict;
  }
  return KEPT;
}

function toRecord(passage: Passage): NewRecord {
  return { key: passage.beacon.view, value: encodeHeaded(toHeadJson(passage), passage.body) };
}

/** A `BeaconHead`. Written by hand, for all of it but five plain values was serialised before. */
function toHeadJson({ arrival, enriched, token }: Passage): string {
  const { property, receivedAt, skewMs, unload } = arrival;
  const id = JSON.stringify(property.id);
  return `{"property":${id},"receivedAt":${receivedAt},"skewMs":${skewMs},"unload":${unload},"token":"${token}","enrichment":${enriched.json}}`;
}
