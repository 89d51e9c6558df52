// What the collector counts. The beacon's way adds to plain numbers, which Prometheus' metrics read
// when they are scraped: counting must cost nothing beside taking.
import { REFUSAL_CODES, type RefusalCode } from '@retour/player-sdk/contract';
import { ISSUE_REASONS, type IssueReason } from '@retour/player-sdk/contract/schema';
import { Counter, Histogram, type Registry } from 'prom-client';

export interface Counts {
  /** Beacons whose append resolved. */
  accepted: number;
  /** Bodies' bytes as they travelled. */
  bytes: number;
  readonly refused: Record<RefusalCode, number>;
  readonly items: Record<IssueReason, number>;
  /** Refused bodies and items that were not kept: beyond the quota for rubbish, or the log refused. */
  unkept: number;
  warnings: number;
  readonly answerS: Histogram;
  readonly skewS: Histogram;
}

export function createCounts(registry: Registry): Counts {
  const registers = [registry];
  const counts: Counts = {
    accepted: 0,
    bytes: 0,
    refused: toZeros(REFUSAL_CODES),
    items: toZeros(ISSUE_REASONS),
    unkept: 0,
    warnings: 0,
    answerS: new Histogram({
      name: 'retour_collector_answer_seconds',
      help: 'From a whole body to its answer, the append to the log included.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    skewS: new Histogram({
      name: 'retour_collector_skew_seconds',
      help: 'How far the send time of accepted requests was off the server clock, either way.',
      buckets: [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600, 86_400],
      registers,
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
