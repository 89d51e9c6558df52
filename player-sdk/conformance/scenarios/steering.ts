// Scenarios of the viewer's hands: pauses, seeks, rates.
import { holdAfter, type Scenario } from './scenario.ts';

export const STEERING: readonly Scenario[] = [
  {
    name: 'pause',
    title: 'The viewer pauses for two seconds.',
    must: [{ pauses: 1 }],
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(2);
      await stage.pause();
      await stage.wait(2000);
      await stage.play();
      await stage.untilShown(4);
    },
  },
  {
    name: 'seekInside',
    title: 'The viewer seeks three seconds ahead, inside of what is buffered.',
    must: [{ seeks: 1 }],
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(2);
      await stage.seek(5.5);
      await stage.untilShown(8);
    },
  },
  {
    name: 'seekBack',
    title: 'The viewer seeks five seconds back, to what he has seen.',
    must: [{ seeks: 1 }],
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(6);
      await stage.seek(1);
      await stage.untilMoved(3000);
    },
  },
  {
    name: 'seekOutside',
    title: 'The viewer seeks to a place that is not there yet: its answers come 700 ms late.',
    must: [{ seeks: 1, seekingMs: { atLeast: 600 } }],
    async run(stage) {
      stage.spoil(holdAfter(8));
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(2);
      stage.release();
      stage.spoil(({ path }) => (/\.m4s$/.test(path) ? { delayMs: 700 } : undefined));
      await stage.seek(31);
      await stage.untilShown(33);
    },
  },
  {
    name: 'scrubbing',
    title: 'The viewer seeks six times within a second, faster than any picture comes.',
    must: [{ seeks: 1 }],
    async run(stage) {
      stage.spoil(({ path }) => (/\.m4s$/.test(path) ? { delayMs: 300 } : undefined));
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(1);
      for (const seconds of [14, 17, 20, 23, 26, 29]) {
        await stage.seek(seconds);
        await stage.wait(150);
      }
      await stage.untilShown(31);
    },
  },
  {
    name: 'seekInStall',
    title: 'The viewer seeks while it stalls.',
    without: { html5: "Chromium's own HLS asks for nothing else while a segment does not come." },
    must: [{ seeks: 1, stalls: 1 }],
    async run(stage) {
      const held = holdAfter(4);
      stage.spoil((asked) => (/\/01\d\.m4s$/.test(asked.path) ? undefined : held(asked)));
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(2);
      await stage.untilStill(1000);
      await stage.seek(25);
      await stage.untilShown(28);
    },
  },
  {
    name: 'doubleSpeed',
    title: 'The viewer plays at double speed from the second second on.',
    must: [{ mediaMs: { atLeast: 7500 }, playingMs: { atMost: 6000 } }],
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(2);
      await stage.rate(2);
      await stage.untilShown(8);
    },
  },
  {
    name: 'halfSpeed',
    title: 'The viewer plays at half speed from the second second on.',
    must: [{ mediaMs: { atMost: 4500 }, playingMs: { atLeast: 5500 } }],
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(2);
      await stage.rate(0.5);
      await stage.untilShown(4);
    },
  },
];
