// One topic's table on a real lmdb file: what trimming leaves, what it counts, what it finds by time.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LmdbFile, openLmdbFile } from './lmdbFile.ts';
import type { LogRecord } from './log.ts';
import { createTopicTable, type Retention, type TopicTable } from './topicTable.ts';

const ALL = { from: 0, to: Number.MAX_SAFE_INTEGER, maxRecords: 100_000, maxBytes: 2 ** 30 };
const WIDE: Retention = { ms: Number.POSITIVE_INFINITY, bytes: 2 ** 30 };

describe('createTopicTable', () => {
  let directory: string;
  let file: LmdbFile;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'retour-table-'));
    file = openLmdbFile(directory, 2 ** 26);
  });
  afterEach(async () => {
    await file.close();
    await rm(directory, { recursive: true });
  });
  const open = (retention: Partial<Retention> = {}) =>
    createTopicTable(file, 'beacons', { ...WIDE, ...retention });
  const write = async <T>(work: () => T): Promise<T> => {
    let result: { value: T } | undefined;
    await file.transact(() => {
      result = { value: work() };
    });
    return result?.value ?? expect.fail('the transaction did not run');
  };
  const appendAt = (table: TopicTable, at: number, sizeBytes = 10) =>
    write(() => table.append([{ key: 'k', value: new Uint8Array(sizeBytes) }], at, () => 0));
  const offsets = (records: readonly LogRecord[]) => records.map(({ offset }) => offset);

  it('trims what is older than its age, up to the floor and no further', async () => {
    const table = open({ ms: 1_000 });
    for (const at of [0, 500, 1_000, 1_500]) await appendAt(table, 10_000 + at);
    expect(await write(() => table.trim(12_200, 2))).toBe(2);
    expect(offsets(table.read(ALL))).toEqual([2, 3]);
    expect(await write(() => table.trim(12_200, 4))).toBe(1);
    expect(offsets(table.read(ALL))).toEqual([3]);
    expect(await write(() => table.trim(12_200, 4))).toBe(0);
  });

  it('trims what is too much, oldest first, and counts what is left to the byte', async () => {
    const table = open();
    for (let index = 0; index < 20; index += 1) await appendAt(table, 1_000, 100 * index);
    const whole = table.state().sizeBytes;
    const tight = open({ bytes: Math.floor(whole / 2) });
    await write(() => tight.trim(1_000, 20));
    expect(tight.state().sizeBytes).toBeLessThanOrEqual(whole / 2);
    const { first } = tight.state();
    await write(() => open({ bytes: 0 }).trim(1_000, 20));
    expect(first).toBeGreaterThan(10);
    expect(table.state()).toMatchObject({ first: 20, next: 20, sizeBytes: 0 });
  });

  it('trims a bounded number in one transaction', async () => {
    const table = open({ ms: 0 });
    const value = new Uint8Array(1);
    const many = Array.from({ length: 5_000 }, () => ({ key: '', value }));
    await write(() => table.append(many, 1_000, () => 0));
    const rounds: number[] = [];
    while (rounds.at(-1) !== 0) rounds.push(await write(() => table.trim(2_000, 5_000)));
    expect(rounds).toEqual([2_000, 2_000, 1_000, 0]);
  });

  it('undoes all of a transaction whose work throws', async () => {
    const table = open();
    await appendAt(table, 1_000);
    const before = table.state();
    const torn = file.transact(() => {
      table.append([{ key: 'k', value: new Uint8Array(10) }], 2_000, () => 0);
      throw new Error('torn');
    });
    await expect(torn).rejects.toThrow('torn');
    file.refresh();
    expect(table.state()).toEqual(before);
    expect(offsets(table.read(ALL))).toEqual([0]);
  });

  it('finds the first record younger than a time as a walk would, trimmed or not', async () => {
    const table = open({ ms: 0 });
    const times = [5, 5, 7, 7, 7, 20, 21, 40].map((at) => 1_000 + at);
    for (const at of times) await appendAt(table, at);
    const check = () =>
      fc.assert(
        fc.property(fc.integer({ min: 990, max: 1_050 }), (at) => {
          const { first, next } = table.state();
          const walked = table.read(ALL).find((record) => record.at > at)?.offset ?? next;
          expect(table.firstYoungerThan(at)).toBe(Math.max(first, walked));
        }),
      );
    check();
    await write(() => table.trim(1_010, 4));
    check();
  });
});
