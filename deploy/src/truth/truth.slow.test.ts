import { fileURLToPath } from 'node:url';
import {
  type Beacon,
  type EventOf,
  type EventType,
  EXIT_KINDS,
  type Summary,
  type ViewEvent,
} from '@retour/player-sdk/contract';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './openBrowser.ts';
import { type Origin, startOrigin } from './origin.ts';
import { playScripted, type SamplePlayer, toSeeable } from './playScripted.ts';

const PAGE = fileURLToPath(new URL('../../dist/sample/page', import.meta.url));
const MEDIA = fileURLToPath(new URL('../../sample/media/vod', import.meta.url));

const DURATION_MS = 250;
const STARTUP_MS = 150;

let browser: Browser;
let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin({ '/sample/media/vod/': MEDIA, '/sample/': PAGE });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await origin?.close();
});

describe('the SDK against the picture', () => {
  it.each<SamplePlayer>(['hlsjs', 'native', 'mp4'])('%s', async (player) => {
    const truth = await playScripted(browser, origin, player);
    const seeable = toSeeable(truth);
    const { summary, events } = fold(origin, truth.view);
    const of = <T extends EventType>(type: T) =>
      events.filter((event): event is EventOf<T> & ViewEvent => event.type === type);

    const stalledMs = seeable.stalls.reduce((sum, { ms }) => sum + ms, 0);
    const apart = {
      startup: summary.contentStartupMs - seeable.startupMs,
      pause: (of('pause')[0]?.durationMs ?? 0) - seeable.pauseMs,
      seek: summary.seekLatencyMs - seeable.seekMs,
      stall: summary.stalledMs - stalledMs,
      playing: summary.playingMs - seeable.playingMs,
    };
    console.log(player, JSON.stringify({ seeable, apart, stalls: of('stall') }));

    // Counts are equal.
    expect(summary).toMatchObject({
      attempts: 1,
      starts: 1,
      contentStarts: 1,
      startups: 1,
      stalls: seeable.stalls.length,
      seeks: 1,
      seeksTimed: 1,
      exits: 1,
      exitKind: EXIT_KINDS.indexOf('left'),
      startFailures: 0,
      playFailures: 0,
    });
    expect(of('pause')).toHaveLength(1);
    expect(of('stall')).toHaveLength(seeable.stalls.length);

    // Durations are near.
    expect(Math.abs(apart.startup)).toBeLessThanOrEqual(STARTUP_MS);
    expect(Math.abs(apart.pause)).toBeLessThanOrEqual(DURATION_MS);
    expect(Math.abs(apart.seek)).toBeLessThanOrEqual(DURATION_MS);
    expect(Math.abs(apart.stall)).toBeLessThanOrEqual(DURATION_MS);
    expect(Math.abs(apart.playing)).toBeLessThanOrEqual(DURATION_MS);
  });
});

/** What a collector would end with: of each row, the highest revision. */
function fold(from: Origin, view: string): { summary: Summary; events: ViewEvent[] } {
  const beacons = from.beacons.map(({ beacon }) => beacon).filter((beacon) => beacon.view === view);
  const newest = <T extends { rev: number }>(rows: readonly T[], key: (row: T) => number): T[] => {
    const kept = new Map<number, T>();
    for (const row of rows) {
      const before = kept.get(key(row));
      if (before === undefined || before.rev <= row.rev) kept.set(key(row), row);
    }
    return [...kept.values()];
  };
  const all = <T>(rows: (beacon: Beacon) => readonly T[]) => beacons.flatMap(rows);
  const [summary] = newest(
    all(({ summary: found }) => (found ? [found] : [])),
    () => 0,
  );
  if (summary === undefined) throw new Error(`No beacon of view ${view} has a summary.`);
  return {
    summary,
    events: newest(
      all(({ events }) => events),
      ({ seq }) => seq,
    ),
  };
}
