// Scenarios of errors: what the origin refuses, and whether the player gives up. That it did is known
// from outside: the picture stands, and nothing more is asked for.
import type { Truth } from '../metrics.ts';
import type { Fault, Rule } from '../origin/origin.ts';
import type { Stage } from '../stage.ts';
import { isSegment, type Scenario, toKnown } from './scenario.ts';

/** A player that asks for nothing for so long while the picture stands has given up: the longest wait
 * between two tries, with the players' own settings, is 8 s (hls.js). */
const GIVEN_UP_MS = 10_000;
/** Beyond it a player that tries on is left, ms: hls.js tries for half a minute before it gives up. */
const PATIENCE_MS = 50_000;
/** When the player gave up is not to be seen, so neither how long it was trying. */
const UNTOLD = ['stalledMs', 'playingMs', 'bytes'] as const;

export const FAILING: readonly Scenario[] = [
  failing('manifest404', 'The manifest is not there (404).', ({ path }) =>
    isManifest(path) ? { status: 404 } : undefined,
  ),
  failing('manifest500', 'The server fails to give the manifest (500).', ({ path }) =>
    isManifest(path) ? { status: 500 } : undefined,
  ),
  failing('startSegment404', 'The manifest is there, and no segment (404).', ({ path }) =>
    isSegment(path) ? { status: 404 } : undefined,
  ),
  failing('segment404', 'After four seconds every segment is missing (404).', ({ path }) =>
    isLater(path) ? { status: 404 } : undefined,
  ),
  failing('segment500', 'After four seconds the server fails (500).', ({ path }) =>
    isLater(path) ? { status: 500 } : undefined,
  ),
  failing(
    'connectionLost',
    'After four seconds every connection breaks off half-way.',
    ({ path }) => (isLater(path) ? { cutAt: 0.5 } : undefined),
  ),
  once(
    {
      name: 'recovered',
      title: 'One segment is refused once (503), then there: no viewer notices.',
    },
    { status: 503 },
    "Chromium's own HLS asks for nothing twice: it has failed.",
  ),
  {
    ...once(
      {
        name: 'timedOut',
        title:
          'One segment is never answered: the player gives that up in its own time, and asks again.',
      },
      { silent: true },
      "Chromium's own HLS asks for nothing else while a segment does not come.",
    ),
    untoldOn: { videojs: ['requestFailures'] }, // VHS gives it up without a word.
  },
];

/** One segment is spoilt the first time that it is asked for; the player asks again. */
function once(said: Pick<Scenario, 'name' | 'title'>, fault: Fault, html5: string): Scenario {
  return {
    ...said,
    without: { html5 },
    untold: ['bytes'],
    must: [{ starts: 1, errors: 0, requestFailures: 1 }],
    async run(stage) {
      stage.spoil(({ path, times }) =>
        /360\/003\.m4s$/.test(path) && times === 1 ? fault : undefined,
      );
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(8);
    },
  };
}

function failing(name: string, title: string, rule: Rule): Scenario {
  const category = name.startsWith('manifest') ? 'manifest' : 'network';
  return {
    name,
    title,
    untold: UNTOLD,
    untoldOn: { html5: ['requestFailures'] }, // Chromium's own HLS shows a page none of them.
    must: [{ requestFailures: 1 }], // Some players try on for as long as they are watched.
    known: (stage) => toOutcome(stage, category),
    async run(stage) {
      stage.spoil(rule);
      await stage.mount();
      await stage.play('single');
      const deadline = Date.now() + PATIENCE_MS;
      while (!(await hasGivenUp(stage)) && Date.now() < deadline) await stage.wait(100);
    },
  };
}

async function toOutcome(stage: Stage, category: 'manifest' | 'network'): Promise<Truth> {
  const gaveUp = await hasGivenUp(stage);
  // A media element cannot tell which part of its source is missing, nor why.
  const told = stage.player === 'html5' ? undefined : category;
  return {
    errors: toKnown(gaveUp ? 1 : 0, 'origin'),
    // Whoever waited for a start that failed did not give it up.
    ...(gaveUp && { exitsBeforeStart: toKnown(0, 'origin') }),
    ...(gaveUp
      ? told && { category: toKnown(told, 'origin') }
      : { category: toKnown('none', 'origin') }),
  };
}

async function hasGivenUp(stage: Stage): Promise<boolean> {
  const asked = stage.asked();
  if (asked.length === 0) return false; // It has not begun.
  const lastAskedAt = Math.max(...asked.map(({ at, doneAt = at }) => Math.max(at, doneAt)));
  const lastSeenAt = (await stage.seen()).at(-1)?.[0] ?? 0;
  return Date.now() - Math.max(lastAskedAt, lastSeenAt) > GIVEN_UP_MS;
}

function isManifest(path: string): boolean {
  return /\.(m3u8|mpd)$/.test(path);
}

/** All but the first two segments of a track. */
function isLater(path: string): boolean {
  return isSegment(path) && !/00[01]\.m4s$/.test(path);
}
