import { describe, expect, it } from 'vitest';
import { head, heartbeat, slice, stallAt, T0 } from '../examples/exampleRows.ts';
import { LIMITS } from '../limits.ts';
import { decodeSlice, encodeSlice } from '../slice.ts';
import { ISSUE_REASONS } from './issue.ts';
import { readBeacon } from './readBeacon.ts';

const event = { ...stallAt, rev: 0 };

describe('readBeacon', () => {
  it('keeps what is right beside what is wrong', () => {
    const good = slice({ k: 1, start: T0 });
    const { beacon, issues } = readBeacon({
      ...head,
      slices: [good, 7, good],
      events: [event, {}, event],
      summary: 'x',
      lost: 'x',
    });
    expect(beacon?.slices).toEqual([good, good]);
    expect(beacon?.events).toEqual([event, event]);
    expect(beacon).not.toHaveProperty('summary');
    expect(beacon).not.toHaveProperty('lost');
    expect(issues.map((issue) => issue.item)).toEqual([
      'slices[1]',
      'events[1]',
      'summary',
      'lost',
    ]);
  });

  it('tells what is beyond the bounds once, whatever its number', () => {
    const { beacon, issues } = readBeacon({
      ...head,
      slices: Array(5_000).fill(slice({ start: T0 })),
      events: Array(5_000).fill(event),
    });
    expect(beacon?.slices).toHaveLength(LIMITS.slices);
    expect(beacon?.events).toHaveLength(LIMITS.events);
    expect(issues).toEqual([
      { item: 'slices[60…]', reason: 'too_many', detail: '5000 of 60' },
      { item: 'events[200…]', reason: 'too_many', detail: '5000 of 200' },
    ]);
  });

  it('strips what it does not know and never follows a prototype', () => {
    const sent = JSON.parse(
      JSON.stringify({ ...heartbeat, zone: 1 }).replace(
        '"rev":0',
        '"rev":0,"__proto__":{"weight":9}',
      ),
    );
    const { beacon } = readBeacon(sent);
    expect(beacon).not.toHaveProperty('zone');
    expect(beacon?.ctx.weight).toBe(1);
    expect(Object.getPrototypeOf(beacon?.ctx)).toBe(Object.prototype);
  });

  it.each([
    undefined,
    null,
    0,
    '',
    [],
    {},
    { v: 1 },
    { ...head, ctx: null },
    { ...head, slices: {} },
  ])('refuses %j whole, with one issue', (value) => {
    const { beacon, issues } = readBeacon(value);
    expect(beacon).toBeUndefined();
    expect(issues).toHaveLength(1);
    expect(issues[0]?.item).toBe('beacon');
  });

  it('bounds its detail, whatever the sender puts in', () => {
    const custom = Object.fromEntries([['k'.repeat(199), 5]]);
    const [issue] = readBeacon({ ...head, ctx: { ...head.ctx, custom } }).issues;
    expect(ISSUE_REASONS).toContain(issue?.reason);
    expect(issue?.detail.length).toBeLessThanOrEqual(200);
  });

  it('lets every empty slice through', () => {
    expect(readBeacon({ ...head, slices: [[]] }).issues).toEqual([]);
    expect(encodeSlice(decodeSlice([]))).toEqual([]);
  });
});
