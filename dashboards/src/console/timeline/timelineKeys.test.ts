import { describe, expect, it } from 'vitest';
import { type Key, stepEvent, toAction } from './timelineKeys.ts';

const key = (name: string, part: Partial<Key> = {}): Key => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...part,
});
const EVENTS = [{ seq: 4 }, { seq: 2 }, { seq: 9 }];

describe('toAction', () => {
  it('steps with arrows and moves with Shift', () => {
    expect(toAction(key('ArrowRight'))).toEqual({ kind: 'step', step: 'next' });
    expect(toAction(key('ArrowLeft', { shiftKey: true }))).toEqual({ kind: 'move', share: -0.25 });
  });
  it('leaves the browser its own keys', () => {
    expect(toAction(key('+', { ctrlKey: true }))).toBeNull();
    expect(toAction(key('Tab'))).toBeNull();
  });
});

describe('stepEvent', () => {
  it.each([
    [null, 'next', 4],
    [null, 'previous', 9],
    [4, 'next', 2],
    [9, 'next', 9],
    [4, 'previous', 4],
    [2, 'last', 9],
    [77, 'next', 4],
  ] as const)('from %s %s', (selected, step, seq) => {
    expect(stepEvent(EVENTS, selected, step)).toBe(seq);
  });
  it('finds none where there is none', () => expect(stepEvent([], null, 'next')).toBeNull());
});
