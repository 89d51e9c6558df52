// One record of the rejected topic as a row: what was refused, why, and its raw body. Its id is the
// hash of it all, so that the same refusal written twice is one row.

import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { decodeRecord, type LogRecord, type RejectHead } from '@retour/collector/log';

const ID_DIGITS = 16;

export function toRejectedLine(record: LogRecord): string {
  const { head, body } = read(record);
  const text = isUtf8(body);
  const id = BigInt(`0x${hash('sha256', record.value, 'hex').slice(0, ID_DIGITS)}`);
  const cells = [
    JSON.stringify(String(head.property)),
    Number.isSafeInteger(head.receivedAt) && head.receivedAt >= 0 ? head.receivedAt : record.at,
    id,
    ...[head.stage, head.reason, head.detail, head.item].map((cell) =>
      JSON.stringify(String(cell)),
    ),
    text ? '"utf8"' : '"base64"',
    JSON.stringify(Buffer.from(body).toString(text ? 'utf8' : 'base64')),
  ];
  return `[${cells.join(',')}]`;
}

function read(record: LogRecord): { readonly head: RejectHead; readonly body: Uint8Array } {
  try {
    const { head, body } = decodeRecord<RejectHead>(record.value);
    if (typeof head === 'object' && head !== null) return { head, body };
  } catch {
    // Not a reject as the log holds them: kept whole, under a reason of its own.
  }
  const detail = 'a record of the rejected topic without a head';
  const head = {
    property: '',
    receivedAt: record.at,
    stage: 'writer',
    reason: 'unreadable',
    detail,
    item: 'beacon',
  } as const;
  return { head, body: record.value };
}
