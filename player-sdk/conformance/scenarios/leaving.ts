// Scenarios of a page that nobody sees, that sleeps, or that the viewer leaves and comes back to.
import type { Scenario } from './scenario.ts';

const FROZEN_MS = 2_000;
/** A video that was drawn within five seconds is a seen one for Chromium, hidden or not. */
const UNSEEN_MS = 5_500;

export const LEAVING: readonly Scenario[] = [
  {
    name: 'backgroundTab',
    title:
      'A tab that was opened in the background wants to play, and is seen three seconds later.',
    without: { shaka: 'Chromium 156 dies of Shaka Player in a page that was never seen.' },
    hides: true,
    unseen: true,
    must: [{ starts: 1 }],
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.wait(3000);
      await stage.show();
      await stage.untilShown(3);
    },
  },
  {
    name: 'hiddenTab',
    title: 'The viewer turns to another tab for three seconds, and the sound plays on.',
    hides: true,
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(2);
      await stage.hide();
      await stage.wait(3000);
      await stage.show();
      await stage.untilShown(7);
    },
  },
  {
    name: 'frozenTab',
    title: 'The viewer pauses and turns to another tab, which the browser freezes for two seconds.',
    hides: true,
    must: [{ suspendedMs: { atLeast: FROZEN_MS - 500 }, pauses: 1 }],
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(2);
      await stage.pause();
      await stage.hide();
      await stage.freeze(FROZEN_MS);
      await stage.show();
      await stage.play();
      await stage.untilShown(4);
    },
  },
  {
    name: 'frozenPlaying',
    title:
      'The browser freezes a hidden page that plays for three seconds; then the viewer plays on.',
    hides: true,
    must: [{ suspendedMs: { atLeast: 2500 }, pauses: 0 }],
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(2);
      await stage.hide();
      await stage.untilShown(3);
      await stage.freeze(3000);
      await stage.show();
      await stage.wait(1000);
      await stage.play();
      await stage.untilShown(6);
    },
  },
  {
    name: 'hiddenMuted',
    title: 'A muted video is hidden for three seconds: the browser pauses it, and plays on after.',
    hides: true,
    must: [{ pausedMs: { atLeast: 2000 }, pauses: 0 }],
    async run(stage) {
      await stage.mount({ attributes: { muted: '' } });
      await stage.play('single');
      await stage.untilShown(2);
      await stage.look(false);
      await stage.wait(UNSEEN_MS);
      await stage.hide();
      await stage.wait(3000);
      await stage.show();
      await stage.look(true);
      await stage.untilShown(10);
    },
  },
  {
    name: 'wayBack',
    title:
      'The viewer follows a link and comes back after two seconds: the browser has kept the page.',
    hides: true,
    returns: true,
    must: [{ suspendedMs: { atLeast: 1500 } }],
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(3);
      await stage.goAway(2000);
      await stage.wait(1000);
      await stage.play();
      await stage.untilShown(6);
    },
  },
];
