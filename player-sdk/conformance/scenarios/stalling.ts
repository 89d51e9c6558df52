// Scenarios of the middle: what comes too late, and what the viewer does meanwhile.
import type { Stage } from '../stage.ts';
import { holdAfter, type Scenario } from './scenario.ts';

export const STALLING: readonly Scenario[] = [
  {
    name: 'stall',
    title: 'The origin holds everything back after four seconds, until two seconds of standstill.',
    async run(stage) {
      await startHeld(stage, 4);
      await stage.untilStill(2000);
      stage.release();
      await stage.untilShown(8);
    },
  },
  {
    name: 'shortStall',
    title: 'A standstill of about 400 ms: a little more than counts.',
    async run(stage) {
      await startHeld(stage, 4);
      await stage.untilStill(420); // Its last frame has 40 ms of its own.
      stage.release();
      await stage.untilShown(7);
    },
  },
  {
    name: 'secondStall',
    title: 'A standstill of one second.',
    async run(stage) {
      await startHeld(stage, 4);
      await stage.untilStill(1000);
      stage.release();
      await stage.untilShown(7);
    },
  },
  {
    name: 'doubleStall',
    title: 'Two standstills of one second, four seconds apart.',
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
    name: 'pauseInStall',
    title: 'The viewer pauses while it stalls, waits two seconds and plays on.',
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
    async run(stage) {
      stage.spoil(holdAfter(4, 'sound'));
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(2);
      await stage.untilStill(2000);
      stage.release();
      await stage.untilShown(8);
    },
  },
];

/** Plays for a second of a stream whose rest is held back. */
async function startHeld(stage: Stage, seconds: number): Promise<void> {
  stage.spoil(holdAfter(seconds));
  await stage.mount();
  await stage.play('single');
  await stage.untilShown(1);
}
