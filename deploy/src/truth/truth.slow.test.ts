// The timeline that the running product gives for a view, against the truth known from outside: the
// script's acts, the picture's frame numbers and the origin's request log.
import { fileURLToPath } from 'node:url';
import { type ApiClient, createApiClient, type ViewResponse } from '@retour/analytics/client';
import { type Origin, type Served, startOrigin } from '@retour/player-sdk/conformance';
import type { EventFacts, EventType } from '@retour/player-sdk/contract';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openBrowser } from './openBrowser.ts';
import {
  playScripted,
  type SamplePlayer,
  type Seeable,
  type Truth,
  toSeeable,
} from './playScripted.ts';
import { type Retour, runRetour } from './runRetour.ts';

const PAGE = fileURLToPath(new URL('../../dist/sample/page', import.meta.url));
const MEDIA = fileURLToPath(new URL('../../sample/media/vod', import.meta.url));

const DURATION_MS = 250;
const STARTUP_MS = 150;
/** From the moment the page is left until the view's last row can be read. */
const STORED_WITHIN_MS = 15_000;

/** What a slice and the summary both count: the sum of the one is the other. */
const SUMMED = [
  ...['startingMs', 'playingMs', 'stalledMs', 'seekingMs', 'pausedMs', 'mediaMs', 'stalls'],
  ...['seeks', 'seekLatencyMs', 'seeksTimed', 'requests', 'requestFailures', 'bytes', 'attempts'],
  ...['starts', 'contentStarts', 'contentStartups', 'contentStartupMs', 'exits'],
] as const;

let retour: Retour;
let api: ApiClient;
let browser: Browser;
let origin: Origin;

beforeAll(async () => {
  retour = await runRetour();
  const { origin: baseUrl, hash } = new URL(retour.console);
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  api = createApiClient({ baseUrl, token });
  origin = await startOrigin({ roots: { '/sample/media/vod/': MEDIA, '/sample/': PAGE } });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await origin?.close();
  expect(await retour?.stop()).toBe(0);
});

describe("a view's timeline, as the API gives it", () => {
  it.each<SamplePlayer>(['hlsjs', 'native', 'mp4'])('is what was seen of %s', async (player) => {
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    const servedBefore = origin.served.length;
    const truth = await playScripted(page, { url: toUrl(player), origin, player });
    const found = await readWhole(truth.view);

    const seeable = toSeeable(truth);
    const apart = compare(found, { ...truth, seeable });
    console.log(toLine(player, seeable, apart));
    checkCounts(found, seeable);
    checkSlices(found);
    // Of a file that is read by ranges, Chromium shows a page the first request only.
    if (player !== 'mp4') checkRequests(found, origin.served.slice(servedBefore));
    for (const [name, ms] of Object.entries(apart)) {
      const limit = name === 'startup' ? STARTUP_MS : DURATION_MS;
      expect(Math.abs(ms), `${name} of ${player} is ${ms} ms apart`).toBeLessThanOrEqual(limit);
    }
  });
});

/** The page as the product's own sample address has it, but from the origin that can stall it. */
function toUrl(player: SamplePlayer): string {
  const url = new URL('/sample/', origin.url);
  url.search = new URL(retour.sample).search;
  url.searchParams.set('asset', `truth-${player}`);
  return url.href;
}

/** The view once its exit and every row that its summary counts are stored. */
async function readWhole(view: string): Promise<ViewResponse> {
  const read = () => api.GET('/api/views/{view}', { params: { path: { view } } });
  let found: ViewResponse | undefined;
  await expect
    .poll(
      async () => {
        found = (await read()).data;
        return found !== undefined && isWhole(found);
      },
      { timeout: STORED_WITHIN_MS, message: `view ${view} is stored up to its exit` },
    )
    .toBe(true);
  if (found === undefined) throw new Error('The poll above passes only with a view.');
  return found;
}

function isWhole({ summary, slices, events }: ViewResponse): boolean {
  return (
    summary?.exits === 1 &&
    slices.length === summary.slices &&
    slices.every(({ open }) => open === 0) &&
    events.length === summary.events
  );
}

function eventsOf<T extends EventType>({ events }: ViewResponse, type: T) {
  type Found = ViewResponse['events'][number] & EventFacts[T];
  return events.filter((event) => event.type === type) as Found[]; // The writer keeps a type's facts as they came.
}

/** How far the timeline is from the truth, in ms: durations, and the moments of the script's acts. */
function compare(found: ViewResponse, truth: Truth & { seeable: Seeable }): Record<string, number> {
  const { seeable } = truth;
  const { summary } = found;
  const of = (name: keyof NonNullable<typeof summary>) => Number(summary?.[name]);
  const first = <T extends EventType>(type: T) => eventsOf(found, type)[0];
  return {
    startup: of('contentStartupMs') - seeable.startupMs,
    pause: Number(first('pause')?.durationMs) - seeable.pauseMs,
    seek: Number(first('seek')?.latencyMs) - seeable.seekMs,
    stall: of('stalledMs') - seeable.stalledMs,
    playing: of('playingMs') - seeable.playingMs,
    whole: sumOf(found, 'durationMs') - (truth.leftAt - truth.requestedAt),
    requestedAt: Number(first('requested')?.at) - truth.requestedAt,
    pausedAt: Number(first('pause')?.at) - truth.pausedAt,
    resumedAt: Number(first('resume')?.at) - truth.resumedAt,
    soughtAt: Number(first('seek')?.at) - truth.soughtAt,
    stalledAt: Number(first('stall')?.at) - Number(seeable.stalls[0]?.[0]),
    leftAt: Number(first('exit')?.at) - truth.leftAt,
  };
}

function checkCounts(found: ViewResponse, { stalls }: Seeable): void {
  const { summary, view } = found;
  expect(found.truncated).toBe(false);
  expect(view).toMatchObject({ exit: 'left', open: false, stalls: stalls.length, errorCode: '' });
  const once = { attempts: 1, starts: 1, contentStarts: 1, startups: 1, seeks: 1, seeksTimed: 1 };
  const failures = { startFailures: 0, playFailures: 0 };
  expect(summary).toMatchObject({
    ...once,
    ...failures,
    stalls: stalls.length,
    exits: 1,
    exitKind: 'left',
  });
  const byViewer = eventsOf(found, 'seek').filter(({ by }) => by === 'user');
  expect(byViewer).toHaveLength(1); // hls.js steps out of some standstills by itself.
  const counts = { requested: 1, firstFrame: 1, pause: 1, resume: 1, exit: 1, error: 0 };
  for (const [type, count] of Object.entries({ ...counts, stall: stalls.length })) {
    expect(eventsOf(found, type as EventType), type).toHaveLength(count); // A key of the literal above.
  }
}

/** The slices are all there and add up to the summary. */
function checkSlices(found: ViewResponse): void {
  const { slices, summary } = found;
  expect(slices.map(({ k }) => k)).toEqual(slices.map((_, i) => i));
  expect(Object.fromEntries(SUMMED.map((name) => [name, sumOf(found, name)]))).toEqual(
    Object.fromEntries(SUMMED.map((name) => [name, summary?.[name]])),
  );
}

/** By the origin's log: all that came whole is counted. What the player gave up half-way may be. */
function checkRequests({ summary }: ViewResponse, served: readonly Served[]): void {
  const log = served.filter(({ path }) => path.includes('/media/'));
  const whole = log.filter(({ doneAt }) => doneAt !== undefined);
  const bytesOf = (some: readonly Served[]) => some.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(summary?.requestFailures).toBe(log.filter(({ status }) => status >= 400).length);
  expect(summary?.requests).toBeGreaterThanOrEqual(whole.length);
  expect(summary?.requests).toBeLessThanOrEqual(log.length);
  expect(summary?.bytes).toBeGreaterThanOrEqual(bytesOf(whole));
  expect(summary?.bytes).toBeLessThanOrEqual(bytesOf(log));
}

function sumOf({ slices }: ViewResponse, name: 'durationMs' | (typeof SUMMED)[number]): number {
  return slices.reduce((sum, slice) => sum + slice[name], 0);
}

function toLine(player: string, seeable: Seeable, apart: Record<string, number>): string {
  const ms = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(0)}`;
  const differences = Object.entries(apart).map(([name, value]) => `${name} ${ms(value)}`);
  return `${player}: stalls ${seeable.stalls.length}; apart in ms: ${differences.join(', ')}`;
}
