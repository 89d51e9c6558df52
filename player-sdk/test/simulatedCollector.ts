// A collector as far as the clock rule needs one: it checks the send time and the schema, and stores
// as the writer does. It remembers every start that a row was ever told with.
import { LIMITS } from '../src/contract/limits.ts';
import { readBeacon } from '../src/contract/schema/readBeacon.ts';
import { decodeSlice } from '../src/contract/slice.ts';
import { decodeSummary } from '../src/contract/summary.ts';
import type { Answer } from '../src/contract/transport.ts';

export interface Stored {
  readonly starts: Set<number>;
  rev: number;
}

export interface SimulatedCollector {
  readonly rows: ReadonlyMap<string, Stored>;
  readonly issues: readonly unknown[];
  take(url: string, body: string): Omit<Answer, 'rttMs'>;
}

export function createCollector(trueTime: () => number): SimulatedCollector {
  const rows = new Map<string, Stored>();
  const issues: unknown[] = [];
  const store = (key: string, start: number, rev: number): void => {
    const stored = rows.get(key) ?? { starts: new Set(), rev };
    stored.starts.add(start);
    stored.rev = Math.max(stored.rev, rev);
    rows.set(key, stored);
  };
  const take = (url: string, body: string): Omit<Answer, 'rttMs'> => {
    const query = new URL(url, 'http://collector').searchParams;
    const skewMs = Number(query.get('s')) - trueTime();
    const time = trueTime();
    if (query.get('u') === null && Math.abs(skewMs) > LIMITS.clockSkewMs) {
      return { status: 409, body: JSON.stringify({ code: 'clock', time }) };
    }
    const posted: unknown = JSON.parse(body);
    for (const sent of Array.isArray(posted) ? posted : [posted]) {
      const read = readBeacon(sent);
      issues.push(...read.issues);
      for (const cells of read.beacon?.slices ?? []) {
        const slice = decodeSlice(cells);
        store(`s${slice.k}`, slice.start, slice.rev);
      }
      for (const event of read.beacon?.events ?? []) store(`e${event.seq}`, event.at, event.rev);
      const summary = read.beacon?.summary;
      if (summary !== undefined) store('view', decodeSummary(summary).start, 0);
    }
    return { status: 202, body: JSON.stringify({ accepted: 1, rejected: 0, time }) };
  };
  return { rows, issues, take };
}
