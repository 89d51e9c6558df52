// Scenarios of the middle: what comes too late, and what the viewer does meanwhile.
import type { Truth } from '../metrics.ts';
import type { Stage } from '../stage.ts';
import { STILL_MS } from '../truth/toMovements.ts';
import { holdAfter, type Scenario, toKnown } from './scenario.ts';

export const STALLING: readonly Scenario[] = [
  standing({
    name: 'stall',
    title: 'The origin holds everything back after four seconds, until two seconds of standstill.',
    ms: 2000,
  }),
  standing({
    name: 'noStall',
    title: 'A standstill of about 150 ms: too short to count.',
    ms: 170, // Its last frame has 40 ms of its own.
    stalls: 0,
  }),
  standing({
    name: 'shortStall',
    title: 'A standstill of about 330 ms: a little more than counts.',
    ms: 350,
  }),
  standing({ name: 'secondStall', title: 'A standstill of one second.', ms: 1000 }),
  standing({
    name: 'longStall',
    title: 'A standstill of eight seconds: it reaches over the cut between two slices.',
    ms: 8000,
  }),
  {
    name: 'doubleStall',
    title: 'Two standstills of one second, four seconds apart.',
    must: [{ stalls: 2 }],
    async run(stage) {
      await startHeld(stage, 4);
      await stage.untilStill(1000);
      stage.release();
      stage.spoil(holdAfter(8));
      await stage.untilShown(5);
      await stage.untilStill(1000);
      stage.release();
      await stage.untilShown(10);
    },
  },
  {
    name: 'stallAfterSeek',
    title: 'The viewer seeks; where he lands it plays for a while, and stalls.',
    must: [{ stalls: 1, seeks: 1 }],
    async run(stage) {
      stage.spoil(holdAfter(34));
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(2);
      await stage.seek(31);
      await stage.untilShown(32);
      await stage.untilStill(1000);
      stage.release();
      await stage.untilShown(37);
    },
  },
  {
    name: 'gap',
    title: 'A second of nothing in the media: the player jumps over it, early or late.',
    known: toOverGap,
    async run(stage) {
      await stage.mount({ stream: 'gap' });
      await stage.play('gap');
      await stage.untilShown(8);
    },
  },
  {
    name: 'pauseInStall',
    title: 'The viewer pauses while it stalls, waits two seconds and plays on.',
    must: [{ stalls: 1, pauses: 1 }],
    async run(stage) {
      await startHeld(stage, 4);
      await stage.untilStill(1000);
      await stage.pause();
      await stage.wait(1000);
      stage.release();
      await stage.wait(1000);
      await stage.play();
      await stage.untilShown(7);
    },
  },
  {
    name: 'soundStarved',
    title: 'Only the sound is held back after four seconds, for two seconds and more.',
    known: toHeard,
    must: [{ stalls: 1 }],
    async run(stage) {
      stage.spoil(holdAfter(4, 'sound'));
      await stage.mount({ heard: true });
      await stage.play('single');
      await stage.untilShown(2);
      await stage.untilStill(2000);
      stage.release();
      await stage.untilShown(8);
    },
  },
  {
    name: 'pictureStarved',
    title:
      'Only the picture is held back after four seconds; some players let the sound go on for a while.',
    known: toHeard,
    must: [{ stalls: 1 }],
    async run(stage) {
      stage.spoil(holdAfter(4, 'picture'));
      await stage.mount({ heard: true });
      await stage.play('single');
      await stage.untilShown(2);
      await stage.untilStill(4000);
      stage.release();
      await stage.untilShown(9);
    },
  },
];

interface Standing extends Pick<Scenario, 'name' | 'title'> {
  /** Until the origin goes on. */
  readonly ms: number;
  /** 1 unless given. */
  readonly stalls?: number;
}

function standing({ name, title, ms, stalls = 1 }: Standing): Scenario {
  return {
    name,
    title,
    must: [{ stalls }],
    async run(stage) {
      await startHeld(stage, 4);
      await stage.untilStill(ms);
      stage.release();
      await stage.untilShown(8);
    },
  };
}

/** The first frame behind the gap. */
const BEHIND_GAP = 100;

/** A player that jumps early leaves out the last frames before the gap. */
async function toOverGap(stage: Stage): Promise<Truth> {
  const { acts } = await stage.readPage();
  const leftAt = acts.find(({ what }) => what === 'leave')?.at ?? Number.POSITIVE_INFINITY;
  const seen = (await stage.seen()).filter(([at]) => at <= leftAt);
  const frames = seen.map(([, frame]) => frame);
  const before = Math.max(...frames.filter((frame) => frame < BEHIND_GAP));
  const behind = frames.filter((frame) => frame >= BEHIND_GAP);
  const shown = before + 1 + Math.max(...behind) + 1 - Math.min(...behind);
  return { mediaMs: { value: shown * 40, resolution: 4 * 40, from: 'picture' } };
}

/** Of a beep's beginning, ms: two listenings, and what the sound card has in store. */
const BEEP_MS = 25;

/** A second lies between two beeps; what is more is a standstill that can be heard. */
async function toHeard(stage: Stage): Promise<Truth> {
  const beeps = await stage.page.evaluate<number[]>('window.beeps');
  if (beeps.length < 6) throw new Error(`Only ${beeps.length} beeps were heard.`);
  const stills = beeps.slice(1).map((at, i) => at - (beeps[i] ?? at) - 1000);
  const stalls = stills.filter((ms) => ms >= STILL_MS);
  return {
    stalls: toKnown(stalls.length, 'sound'),
    stalledMs: {
      value: stalls.reduce((sum, ms) => sum + ms, 0),
      resolution: stalls.length * 2 * BEEP_MS,
      from: 'sound',
    },
  };
}

/** Plays for a second of a stream whose rest is held back. */
async function startHeld(stage: Stage, seconds: number): Promise<void> {
  stage.spoil(holdAfter(seconds));
  await stage.mount();
  await stage.play('single');
  await stage.untilShown(1);
}
