// What the collector counts. The beacon's way adds to plain numbers, which Prometheus' metrics read
// when they are scraped: counting must cost nothing beside taking.
import { REFUSAL_CODES, type RefusalCode } from '@retour/player-sdk/contract';
import { ISSUE_REASONS, type IssueReason } from '@retour/player-sdk/contract/schema';
import { Counter, type Registry } from 'prom-client';
import { createTally, type Tally } from './tally.ts';

export interface Counts {
  /** Beacons whose append resolved. */
  accepted: number;
  /** Bodies' bytes as they travelled. */
  bytes: number;
  /** Property → when a beacon of it was last accepted, epoch ms. As many as there are properties. */
  readonly acceptedAt: Map<string, number>;
  readonly refused: Record<RefusalCode, number>;
  readonly items: Record<IssueReason, number>;
  /** Refused bodies and items that were not kept: beyond the quota for rubbish, or the log refused. */
  unkept: number;
  warnings: number;
  readonly answerMs: Tally;
  readonly skewMs: Tally;
}

export function createCounts(registry: Registry): Counts {
  const registers = [registry];
  const counts: Counts = {
    accepted: 0,
    bytes: 0,
    acceptedAt: new Map(),
    refused: toZeros(REFUSAL_CODES),
    items: toZeros(ISSUE_REASONS),
    unkept: 0,
    warnings: 0,
    answerMs: createTally({
      name: 'retour_collector_answer_seconds',
      help: 'From a whole body to its answer, the append to the log included.',
      boundsMs: [1, 2, 5, 10, 20, 50, 100, 250, 500, 1000, 2500],
      registry,
    }),
    skewMs: createTally({
      name: 'retour_collector_skew_seconds',
      help: 'How far the send time of accepted requests was off the server clock, either way.',
      boundsMs: [100, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000, 3_600_000],
      registry,
    }),
  };
  const total = (name: string, help: string, read: () => number) =>
    new Counter({
      name: `retour_collector_${name}_total`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  total('beacons', 'Beacons accepted: the log has them.', () => counts.accepted);
  total('bytes', 'Bytes of bodies, as they travelled.', () => counts.bytes);
  total('unkept', 'Refused bodies and items that were counted but not kept.', () => counts.unkept);
  total('quota_warnings', 'Answers that warned of the quota.', () => counts.warnings);
  byLabel({ name: 'refused', help: 'Requests refused.', label: 'code', registry }, counts.refused);
  byLabel({ name: 'items', help: 'Items rejected.', label: 'reason', registry }, counts.items);
  return counts;
}

interface Family {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly registry: Registry;
}

function byLabel({ name, help, label, registry }: Family, numbers: Record<string, number>): void {
  new Counter({
    name: `retour_collector_${name}_total`,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset();
      for (const [value, count] of Object.entries(numbers)) this.inc({ [label]: value }, count);
    },
  });
}

function toZeros<N extends string>(names: readonly N[]): Record<N, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<N, number>; // All of them.
}
