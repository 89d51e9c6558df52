// The hub over a reader that counts what it is asked: who shares, who waits, and that nobody who is
// not there costs anything. Figures are tested on the real engine.
import type { Property } from '@retour/collector/control';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TEST_PROPERTY } from '../../test/buildTestApp.ts';
import { liveMessageSchema } from '../api/messages.ts';
import { DIMENSIONS } from '../metrics/dimensions.ts';
import { ReadFailure, type Row } from '../query/reader.ts';
import type { Statement } from '../query/sql.ts';
import type { Feed } from './feed.ts';
import { createHub, type Hub, LIVE_LIMITS } from './hub.ts';

const NOTHING = { filters: [], grouping: null };
const byCountry = (value: string) => ({
  filters: [{ dimension: DIMENSIONS.country, values: [value] }],
  grouping: null,
});
const grouped = { filters: [], grouping: { id: 'country', ...DIMENSIONS.country } } as const;

let asked: Statement[] = [];
let answer: (statement: Statement) => Promise<readonly Row[]>;
let faults: unknown[] = [];
let feed: Feed;
let hub: Hub;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_005_000 });
  asked = [];
  faults = [];
  answer = async () => [];
  feed = {
    lagMs: () => 0,
    lastAcceptedAt: () => null,
    engineUp: () => true,
    accepting: () => true,
  };
  hub = createHub({
    reader: {
      read: (statement) => {
        asked.push(statement);
        return answer(statement);
      },
    },
    feed: {
      lagMs: () => feed.lagMs(),
      lastAcceptedAt: (property) => feed.lastAcceptedAt(property),
      engineUp: () => feed.engineUp(),
      accepting: () => feed.accepting(),
    },
    onFault: (error) => faults.push(error),
    now: Date.now,
  });
});

afterEach(async () => {
  const closing = hub.close();
  await vi.advanceTimersByTimeAsync(120_000);
  await closing;
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** Those that read the figures of cells: one a snapshot. */
const snapshots = () =>
  asked.filter(({ sql }) => sql.includes('AS bucket') && sql.includes('10000'));
const countOf = (property: string) =>
  snapshots().filter(({ params }) => params.property === property && params.interval).length;

function join(request: Parameters<Hub['join']>[1] = NOTHING, property: Property = TEST_PROPERTY) {
  const texts: string[] = [];
  const leave = hub.join(property, request, (text) => texts.push(text));
  return { texts, leave, last: () => liveMessageSchema.parse(JSON.parse(texts.at(-1) ?? '')) };
}

describe('createHub', () => {
  it('reads nothing while nobody looks', async () => {
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual([]);
    const { leave, texts } = join();
    await vi.advanceTimersByTimeAsync(2_500);
    expect(countOf('main')).toBe(3);
    leave?.();
    const before = asked.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked.length).toBe(before);
    expect(texts.length).toBe(3);
  });

  it('answers a newcomer at once: from what is there, or as soon as it is', async () => {
    const first = join();
    await vi.advanceTimersByTimeAsync(0);
    expect(first.last()).toMatchObject({ type: 'live', state: 'empty', table: null });
    const second = join();
    expect(second.texts).toHaveLength(1);
    first.leave?.();
    second.leave?.();
  });

  it('feeds all unfiltered screens of a property from one snapshot a second', async () => {
    const screens = Array.from({ length: 50 }, () => join());
    await vi.advanceTimersByTimeAsync(5_500);
    expect(countOf('main')).toBe(6);
    for (const { texts } of screens) expect(texts.length).toBeGreaterThanOrEqual(6);
    for (const { leave } of screens) leave?.();
  });

  it('shares a table and its snapshot; the same filters in another order are the same', async () => {
    const screens = [join(NOTHING), join(grouped), join(grouped)];
    await vi.advanceTimersByTimeAsync(3_500);
    expect(countOf('main')).toBe(4);
    const tables = asked.filter(({ params }) => params.limit === 50);
    expect(tables.length).toBe(4);
    expect(screens[1]?.last().table?.schema.fields[0]?.name).toBe('value');
    // One message a second, with the table of that second in it.
    expect(screens[1]?.texts.length).toBe(4);
    for (const { leave } of screens) leave?.();
  });

  it('bounds what one property may show, and leaves the others alone', () => {
    const leaves: unknown[] = [];
    for (let i = 0; i < LIVE_LIMITS.channels; i += 1) leaves.push(join(byCountry(`C${i}`)).leave);
    expect(leaves).not.toContain(null);
    expect(join(byCountry('one more')).leave).toBeNull();
    expect(join(byCountry('C1')).leave).not.toBeNull();
    expect(join(NOTHING, { ...TEST_PROPERTY, id: 'other' }).leave).not.toBeNull();
  });

  it('bounds the screens of one property', () => {
    const leaves = Array.from({ length: LIVE_LIMITS.members }, () => join().leave);
    expect(leaves).not.toContain(null);
    expect(join().leave).toBeNull();
    leaves[0]?.();
    expect(join().leave).not.toBeNull();
  });

  it('lets filters take turns, and never lets them delay the unfiltered screens', async () => {
    let running = 0;
    let most = 0;
    answer = async ({ params }) => {
      if (params.filter0 === undefined) return [];
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 700));
      running -= 1;
      return [];
    };
    const plain = join();
    for (let i = 0; i < 5; i += 1) join(byCountry(`C${i}`));
    await vi.advanceTimersByTimeAsync(10_500);
    expect(most).toBe(1);
    expect(plain.texts.length).toBeGreaterThanOrEqual(11);
  });

  it('says that it is blind when the engine fails, keeps the last figures, and recovers', async () => {
    const { last } = join();
    await vi.advanceTimersByTimeAsync(100);
    expect(last().state).toBe('empty');
    answer = () => Promise.reject(new ReadFailure('engine_down', new Error('gone')));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(last()).toMatchObject({ state: 'blind', stateReason: 'The figures could not be read.' });
    expect(last().series.data.values[0]?.length).toBe(90);
    expect(faults.length).toBeGreaterThan(0);
    answer = async () => [];
    await vi.advanceTimersByTimeAsync(1_000);
    expect(last().state).toBe('empty');
  });

  it('says that it is blind when the engine hangs', async () => {
    const { last } = join();
    await vi.advanceTimersByTimeAsync(100);
    answer = () => new Promise((resolve) => setTimeout(() => resolve([]), 60_000));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(last()).toMatchObject({ state: 'blind' });
    expect(last().stateReason).toMatch(/figures are 1\d s old/);
    await vi.advanceTimersByTimeAsync(120_000);
  });

  it('reports blindness of the pipeline in every message, whatever the figures', async () => {
    const { last } = join();
    feed = { ...feed, lagMs: () => 30_000 };
    await vi.advanceTimersByTimeAsync(1_000);
    expect(last()).toMatchObject({ state: 'blind' });
    expect(await hub.report(TEST_PROPERTY)).toMatchObject({ state: 'blind', firstViewAt: null });
  });
});
