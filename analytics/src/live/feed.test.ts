import { describe, expect, it } from 'vitest';
import { type Feed, type FeedFacts, feedReportOf } from './feed.ts';

const NOW = 1_800_000_000_000;
const healthy: Feed = {
  lagMs: () => 0,
  lastAcceptedAt: () => null,
  engineUp: () => true,
  accepting: () => true,
};

function check(feed: Partial<Feed>, facts: Partial<FeedFacts>, expected: RegExp): void {
  const { state, stateReason } = feedReportOf({
    feed: { ...healthy, ...feed },
    property: 'main',
    now: NOW,
    readAt: NOW - 500,
    openViews: 0,
    firstViewAt: null,
    ...facts,
  });
  expect(`${state}: ${stateReason}`).toMatch(expected);
}

describe('feedReportOf', () => {
  it('tells an empty house, a quiet one and a full one apart', () => {
    check({}, {}, /^empty: No view has ever arrived\.$/);
    check({}, { firstViewAt: 5 }, /^quiet: .*healthy.*nobody is watching/);
    check({ lastAcceptedAt: () => NOW - 61_000 }, { firstViewAt: 5 }, /^quiet: .*since 2027-/);
    check({ lastAcceptedAt: () => NOW - 59_000 }, { firstViewAt: 5 }, /^live: Beacons/);
    check({}, { openViews: 1 }, /^live: Views are open/);
  });

  it.each([
    ['the engine is down', { engineUp: () => false }, {}, /engine is down/],
    ['the log refuses', { accepting: () => false }, {}, /collector is refusing/],
    ['the writer is behind', { lagMs: () => 11_000 }, {}, /writer is 11 s behind/],
    ['figures cannot be read', {}, { readAt: null }, /could not be read/],
    ['figures are old', {}, { readAt: NOW - 12_000 }, /figures are 12 s old/],
  ])('is blind, never quiet, when %s', (_, feed, facts, reason) => {
    for (const openViews of [0, 50]) {
      check(feed, { ...facts, openViews }, new RegExp(`^blind: .*${reason.source}`));
    }
  });

  it('bears the lag of an ordinary second', () => {
    check({ lagMs: () => 2_000 }, { openViews: 3 }, /^live/);
  });
});
