// Scenarios of the device's clock: wrong from the beginning, or set while it plays.
import type { Scenario } from './scenario.ts';

export const TIMING: readonly Scenario[] = [
  wrong('clockAhead', "The device's clock is two hours ahead.", 7_200_000),
  wrong('clockBehind', "The device's clock is 31 seconds behind.", -31_000),
  {
    name: 'clockSetBack',
    title: "The device's clock is set back by two hours while it plays.",
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(3);
      await stage.setClock(-7_200_000);
      await stage.untilShown(8);
    },
  },
];

function wrong(name: string, title: string, aheadMs: number): Scenario {
  return {
    name,
    title,
    async run(stage) {
      await stage.setClock(aheadMs);
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(5);
    },
  };
}
