// Scenarios of the start: what a viewer meets between his click and the first moving picture.
import { holdAfter, isSegment, type Scenario } from './scenario.ts';

export const STARTING: readonly Scenario[] = [
  {
    name: 'start',
    title: 'A click loads and plays; after three seconds the viewer leaves.',
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(3);
    },
  },
  {
    name: 'throttledStart',
    title: 'As start, over a link of 60 kB/s whose answers come 150 ms late.',
    async run(stage) {
      stage.spoil(() => ({ delayMs: 150, bytesPerS: 60_000 }));
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(1);
      stage.release();
      await stage.untilShown(3);
    },
  },
  {
    name: 'preloaded',
    title: 'The page loads the content; two seconds later the viewer presses play.',
    async run(stage) {
      await stage.mount();
      await stage.load('single');
      await stage.wait(2000);
      await stage.play();
      await stage.untilShown(3);
    },
  },
  {
    name: 'pauseBeforeStart',
    title: 'The viewer pauses before the first picture moves, and plays two seconds later.',
    async run(stage) {
      stage.spoil(holdAfter(0));
      await stage.mount();
      await stage.play('single');
      await stage.wait(1000);
      await stage.pause();
      await stage.wait(1000);
      stage.release();
      await stage.wait(1000);
      await stage.play();
      await stage.untilShown(3);
    },
  },
  {
    name: 'exitBeforeStart',
    title: 'No segment ever comes; the viewer leaves after three seconds.',
    known: {
      exitsBeforeStart: { value: 1, resolution: 0, from: 'script' },
      errors: { value: 0, resolution: 0, from: 'origin' },
    },
    async run(stage) {
      stage.spoil(({ path }) => (isSegment(path) ? { silent: true } : undefined));
      await stage.mount();
      await stage.play('single');
      await stage.wait(3000);
    },
  },
];
