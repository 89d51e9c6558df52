// Records of the log to rows: golden lines, and where each kind of bad record ends.
import { encodeRecord, type LogRecord } from '@retour/collector/log';
import type { ViewEvent } from '@retour/player-sdk/contract';
import { describe, expect, it } from 'vitest';
import { COLUMNS } from '../../store/columns.ts';
import {
  SAMPLE_START,
  sampleBeacon,
  sampleHead,
  sampleRecord,
  sampleSlice,
  sampleSummary,
  sampleView,
} from '../testing/sampleRecords.ts';
import { DEFAULT_WRITER_LIMITS } from '../writerLimits.ts';
import { toRefused, toRows } from './toRows.ts';

const VIEW = sampleView(1);
const STALL: ViewEvent = {
  type: 'stall',
  seq: 4,
  rev: 1,
  at: SAMPLE_START + 3_000,
  ctx: 0,
  pos: 2_500,
  durationMs: 1_000,
  hints: { bufferMs: 12, host: 'cdn-a.example' },
};
const ERROR: ViewEvent = {
  type: 'error',
  seq: 5,
  rev: 0,
  at: SAMPLE_START + 4_000,
  ctx: 0,
  fatal: true,
  category: 'network',
  code: 'manifestLoadError',
  message: 'it\'s "gone"\n',
};
const WHOLE = sampleBeacon(VIEW, {
  slices: [sampleSlice(0)],
  events: [STALL, ERROR],
  summary: sampleSummary(3),
  lost: { queueFull: 2 },
});

const rowsOf = (record: LogRecord) => toRows(record, DEFAULT_WRITER_LIMITS);

/** A line as an object: what each column gets. */
function cellsOf(table: 'slices' | 'events' | 'views', line = '[]'): Record<string, unknown> {
  const cells: unknown[] = JSON.parse(line);
  expect(cells).toHaveLength(COLUMNS[table].length);
  return Object.fromEntries(COLUMNS[table].map(({ name }, i) => [name, cells[i]]));
}

function rawRecord(head: unknown, body: string): LogRecord {
  const value = encodeRecord(head, new TextEncoder().encode(body));
  return { ...sampleRecord(WHOLE), value };
}

describe('toRows', () => {
  it('makes these lines of a whole beacon', async () => {
    const { slices, events, views, contexts, labels, rejects } = rowsOf(sampleRecord(WHOLE));
    expect(rejects).toEqual([]);
    const lines = [slices, events, views, contexts, labels];
    await expect(`${lines.flat().join('\n')}\n`).toMatchFileSnapshot('./toRows.golden.jsonl');
  });

  it('gives each column of a slice, an event and a view its value', () => {
    const { slices, events, views } = rowsOf(sampleRecord(WHOLE));
    expect(cellsOf('slices', slices[0])).toMatchObject({
      property: 'demo',
      view_id: VIEW,
      clock: 'server',
      exit_kind: 'none',
      end_state: 'playing',
      playing_ms: 9_000,
      renditions: [[3_000_000, 1280, 720, 9_000]],
      deliveries: [
        [
          'cdn-a.example',
          'A',
          3,
          0,
          3_000_000,
          2,
          2_000_000,
          90,
          700,
          [[44, 2]],
          [
            [100, 1],
            [110, 1],
          ],
        ],
      ],
      asset_id: 'film-1',
      page: 'https://watch.example/film-1',
      connection: '4g',
      custom: { plan: 'free' },
      country: 'FR',
      skew_ms: -40,
    });
    expect(cellsOf('events', events[0])).toMatchObject({
      type: 'stall',
      duration_ms: 1_000,
      pos: 2_500,
      host: 'cdn-a.example',
      clock: 'server',
    });
    expect(cellsOf('events', events[1])).toMatchObject({
      fatal: true,
      code: 'manifestLoadError',
      message: 'it\'s "gone"\n',
      pos: null,
      duration_ms: null,
    });
    expect(cellsOf('views', views[0])).toMatchObject({
      rev: 3,
      lost: { queueFull: 2 },
      ranges: [[0, 36_000, 1]],
    });
  });

  it('gives the same record the same lines, and other content another version', () => {
    const again = rowsOf(sampleRecord(WHOLE, {}, 99));
    expect(again.slices).toEqual(rowsOf(sampleRecord(WHOLE)).slices);
    const elsewhere = rowsOf(sampleRecord(WHOLE, { receivedAt: SAMPLE_START + 13_000 }));
    expect(elsewhere.slices[0]?.split(',').at(-1)).not.toBe(again.slices[0]?.split(',').at(-1));
  });

  it('orders by revision first, whatever the content', () => {
    const versions = [0, 1, 2, 65_535].map((rev) => {
      const { slices } = rowsOf(
        sampleRecord(sampleBeacon(VIEW, { slices: [sampleSlice(0, { rev })] })),
      );
      return BigInt(/(\d+)\]$/.exec(slices[0] ?? '')?.[1] ?? -1);
    });
    expect(versions.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(versions);
    expect(versions.map((version) => version >> 48n)).toEqual([0n, 1n, 2n, 65_535n]);
  });

  it.each([
    ['in bounds', { unload: true, skewMs: 29_000 }, 'server'],
    ['beyond them', { unload: true, skewMs: -31_000 }, 'device'],
  ])('reads the clock of an unload whose skew is %s', (_, facts, clock) => {
    const { slices, events, views } = rowsOf(sampleRecord(WHOLE, facts));
    expect(cellsOf('slices', slices[0])).toMatchObject({ clock, unload: true });
    expect(cellsOf('events', events[0])).toMatchObject({ clock });
    expect(cellsOf('views', views[0])).toMatchObject({ clock });
  });

  it('keeps identifiers out of the context as it is stored whole', () => {
    const { ctx } = sampleBeacon(VIEW);
    const known = sampleBeacon(VIEW, {
      ctx: { ...ctx, viewer: { id: 'somebody' }, token: 'signed' },
    });
    const { contexts } = rowsOf(sampleRecord(known));
    expect(contexts[0]).not.toMatch(/somebody|signed/);
  });

  it.each([
    [
      'a record without a head',
      { ...sampleRecord(WHOLE), value: new Uint8Array([1, 2, 3]) },
      'unreadable',
    ],
    ['a head that is none', rawRecord(7, '{}'), 'unreadable'],
    ['a body that is not JSON', rawRecord(sampleHead(), '{"v":'), 'unreadable'],
    ['a body that is no beacon', rawRecord(sampleHead(), '{"v":1}'), 'shape'],
    ['a beacon of another version', rawRecord(sampleHead(), '{"v":9}'), 'unsupported_version'],
  ])('rejects %s, raw body and all', (_, record, reason) => {
    const { slices, rejects } = rowsOf(record);
    expect(slices).toEqual([]);
    expect(rejects).toMatchObject([{ head: { stage: 'writer', reason, item: 'beacon' } }]);
    expect(Buffer.from(record.value).toString()).toContain(
      Buffer.from(rejects[0]?.body ?? []).toString(),
    );
    expect(rejects[0]?.body.length).toBeGreaterThan(0);
  });

  it('rejects what is out of time alone, and keeps the rest', () => {
    const day = 86_400_000;
    const slices = [
      sampleSlice(0),
      sampleSlice(1, { start: SAMPLE_START - 8 * day }),
      sampleSlice(2, { start: SAMPLE_START + day }),
    ];
    const summary = sampleSummary(0, { start: SAMPLE_START - 30 * day });
    const found = rowsOf(sampleRecord(sampleBeacon(VIEW, { slices, events: [STALL], summary })));
    expect([found.slices.length, found.events.length, found.views.length]).toEqual([1, 1, 1]);
    expect(found.rejects.map(({ head }) => [head.reason, head.item])).toEqual([
      ['too_late', 'slices[1]'],
      ['too_early', 'slices[2]'],
    ]);
    const [late] = found.rejects;
    expect(JSON.parse(Buffer.from(late?.body ?? []).toString())).toMatchObject({
      view: VIEW,
      slices: [expect.arrayContaining([1, SAMPLE_START - 8 * day])],
    });
  });
});

describe('toRefused', () => {
  it('keeps the body as it came', () => {
    const refused = toRefused(sampleRecord(WHOLE), 'Cannot parse');
    expect(refused.head).toMatchObject({
      reason: 'refused_by_engine',
      detail: 'Cannot parse',
      property: 'demo',
    });
    expect(JSON.parse(Buffer.from(refused.body).toString())).toMatchObject({ view: VIEW });
  });
});
