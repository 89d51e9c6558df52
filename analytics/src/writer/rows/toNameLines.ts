// A beacon's context as rows of their own: each revision whole, and the names of its ids. These rows
// repeat from beacon to beacon: their receipt is told coarsely, so that repetitions are equal and
// need not be written again.
import { hash } from 'node:crypto';
import type { BeaconHead } from '@retour/collector/log';
import type { WireBeacon } from '@retour/player-sdk/contract';
import { toLine } from './toLine.ts';
import { toKey } from './toViewLines.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Below the minute in a label's version. */
const HASH_BITS = 32n;
const HASH_DIGITS = 8;

/** The context as of its revision. What differs within a revision goes by the hash, as all rows do. */
export function toContextLine(head: BeaconHead, beacon: WireBeacon): string {
  const { token: _, viewer: __, ...context } = beacon.ctx; // Identifiers stand in columns of their own.
  const day = head.receivedAt - (head.receivedAt % DAY_MS);
  const texts = [context, head.enrichment].map((value) => JSON.stringify(JSON.stringify(value)));
  return toLine(`${toKey(head, beacon)},${context.rev},${day},${texts.join(',')}`, 0);
}

/**
 * The titles. The one received last stands, to the minute: one that comes late names the whole view,
 * and every other of the same asset.
 */
export function toLabelLines(head: BeaconHead, { ctx }: WireBeacon): string[] {
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

function toLabel({ property, receivedAt }: BeaconHead, { kind, id, title = '' }: Named): string[] {
  if (id === '' || title === '') return [];
  const cells = JSON.stringify([property, kind, id, title]).slice(1, -1);
  const minute = BigInt(Math.floor(receivedAt / MINUTE_MS));
  const digits = hash('sha1', cells, 'hex').slice(0, HASH_DIGITS);
  return [`[${cells},${(minute << HASH_BITS) | BigInt(`0x${digits}`)}]`];
}
