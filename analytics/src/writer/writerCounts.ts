// What the writer counts, as Prometheus metrics. No figure here is one of the audience's.
import type { Log } from '@retour/collector/log';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Reject } from './rows/toRows.ts';

export interface WriterCounts {
  /** Records of the log that were taken for good. */
  records(count: number): void;
  kept(rows: Readonly<Record<string, number>>, rejects: readonly Reject[]): void;
  /** Measures one insert of all tables, and counts it when it fails. */
  timed<T>(insert: () => Promise<T>): Promise<T>;
  rewound(): void;
}

export function createWriterCounts(
  registry: Registry,
  lagOf: () => ReturnType<Log['lag']>,
): WriterCounts {
  const registers = [registry];
  const records = new Counter({
    name: 'retour_writer_records_total',
    help: 'Records of the log written or rejected.',
    registers,
  });
  const rows = new Counter({
    name: 'retour_writer_rows_total',
    help: 'Rows written, by table.',
    labelNames: ['table'],
    registers,
  });
  const rejects = new Counter({
    name: 'retour_writer_rejected_total',
    help: 'Items rejected, by reason.',
    labelNames: ['reason'],
    registers,
  });
  const failures = new Counter({
    name: 'retour_writer_insert_failures_total',
    help: 'Inserts that failed and are tried again.',
    registers,
  });
  const rewinds = new Counter({
    name: 'retour_writer_rewinds_total',
    help: 'Times the writer went back in the log after an unclean stop of the engine.',
    registers,
  });
  const insertS = new Histogram({
    name: 'retour_writer_insert_seconds',
    help: 'Time of one insert of all tables.',
    buckets: [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    registers,
  });
  new Gauge({
    name: 'retour_writer_lag_records',
    help: 'Records of the log not yet committed.',
    registers,
    async collect() {
      this.set((await lagOf()).records);
    },
  });
  new Gauge({
    name: 'retour_writer_lag_seconds',
    help: 'Age of the oldest record not yet committed.',
    registers,
    async collect() {
      this.set((await lagOf()).oldestMs / 1000);
    },
  });
  return {
    records: (count) => records.inc(count),
    kept(written, rejected) {
      for (const [table, count] of Object.entries(written)) rows.inc({ table }, count);
      for (const { head } of rejected) rejects.inc({ reason: head.reason });
    },
    async timed(insert) {
      const stop = insertS.startTimer();
      try {
        return await insert();
      } catch (error) {
        failures.inc();
        throw error;
      } finally {
        stop();
      }
    },
    rewound: () => rewinds.inc(),
  };
}
