import { describe, expect, it } from 'vitest';
import { type Interactions, interactions } from './interactions.ts';
import type { Monitor } from './options.ts';

function check(act: (page: Interactions) => void, expected: readonly unknown[]): void {
  const told: unknown[] = [];
  const signal = (...signals: unknown[]) => told.push(signals);
  act(interactions({ signal } as unknown as Monitor)); // No other method is called.
  expect(told).toEqual([expected]);
}

describe('interactions', () => {
  const list = { id: 'r', items: ['a', 'b'], surface: 'home' };
  it.each<[(page: Interactions) => void, string, object]>([
    [(page) => page.like(), 'interaction', { kind: 'like' }],
    [(page) => page.comment(), 'interaction', { kind: 'comment' }],
    [(page) => page.share('mail'), 'interaction', { kind: 'share', name: 'mail' }],
    [(page) => page.follow(), 'interaction', { kind: 'follow' }],
    [(page) => page.reaction('heart'), 'interaction', { kind: 'reaction', name: 'heart' }],
    [
      (page) => page.vote('best goal', '2'),
      'interaction',
      { kind: 'vote', name: 'best goal', value: '2' },
    ],
    [(page) => page.custom('skip intro'), 'interaction', { kind: 'custom', name: 'skip intro' }],
    [(page) => page.served(list), 'recommendation', { kind: 'served', ...list }],
    [(page) => page.impression(list), 'recommendation', { kind: 'impression', ...list }],
    [(page) => page.click(list, 1), 'recommendation', { kind: 'click', ...list, rank: 1 }],
  ])('%s', (act, type, facts) => check(act, [type, facts]));

  it.each([undefined, null, {}, 'x'])('throws nothing without a monitor: %o', (monitor) => {
    const page = interactions(monitor as never);
    page.like();
    page.vote('best goal', '2');
    page.click(list, 1);
    expect(page.served(undefined as never)).toBeUndefined();
  });
});
