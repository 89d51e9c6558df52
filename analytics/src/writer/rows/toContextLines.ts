// A beacon's context as rows of their own: each revision whole, and the names of its ids. Here the
// one received last stands: a title that comes late names the whole view, and all the others.
import { hash } from 'node:crypto';
import type { BeaconHead } from '@retour/collector/log';
import type { Beacon } from '@retour/player-sdk/contract';
import { toKey } from './toViewLines.ts';

/** A row of which a batch needs only the newest of each key. */
export interface NewestLine {
  readonly key: string;
  readonly version: bigint;
  readonly line: string;
}

const HASH_BITS = 16n;
const HASH_DIGITS = 4;

export function toContextLine(head: BeaconHead, beacon: Beacon): NewestLine {
  const { token: _, viewer: __, ...context } = beacon.ctx; // Identifiers stand in columns of their own.
  const key = `${toKey(head, beacon)},${context.rev}`;
  return toNewest(key, head.receivedAt, [head.receivedAt, context, head.enrichment].map(toText));
}

export function toLabelLines(head: BeaconHead, { ctx }: Beacon): NewestLine[] {
  const { id, title, series } = ctx.asset;
  return [
    ...toLabel(head, { kind: 'asset', id, title }),
    ...(series === undefined ? [] : toLabel(head, { kind: 'series', ...series })),
  ];
}

interface Named {
  readonly kind: 'asset' | 'series';
  readonly id: string;
  readonly title?: string | undefined;
}

function toLabel(head: BeaconHead, { kind, id, title = '' }: Named): NewestLine[] {
  if (id === '' || title === '') return [];
  const key = [head.property, kind, id].map((text) => JSON.stringify(text)).join(',');
  return [toNewest(key, head.receivedAt, [JSON.stringify(title)])];
}

function toNewest(key: string, receivedAt: number, cells: readonly string[]): NewestLine {
  const text = [key, ...cells].join(',');
  const digits = hash('sha256', text, 'hex').slice(0, HASH_DIGITS);
  const version = (BigInt(receivedAt) << HASH_BITS) | BigInt(`0x${digits}`);
  return { key, version, line: `[${text},${version}]` };
}

/** Objects become texts of JSON: the columns are opaque to the engine. */
function toText(value: unknown): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(JSON.stringify(value));
}
