// Scenarios of ends and changes: of the content, of the page, of the player.
import type { Truth } from '../metrics.ts';
import type { Stage } from '../stage.ts';
import { holdAfter, type Scenario } from './scenario.ts';

export const ENDING: readonly Scenario[] = [
  {
    name: 'ended',
    title: 'The viewer seeks close to the end and watches it to the last frame.',
    must: [{ seeks: 1 }],
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(2);
      await stage.seek(36);
      await stage.untilShown(39.9);
      await stage.wait(1000);
    },
  },
  {
    name: 'closedTab',
    title: 'The viewer closes the tab in mid-play.',
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(3);
      await stage.closeTab();
    },
  },
  {
    name: 'loop',
    title: 'The content plays in a loop: from the end to the beginning.',
    loops: true,
    async run(stage) {
      await stage.mount({ attributes: { loop: '' } });
      await stage.play('single');
      await stage.untilShown(2);
      await stage.seek(36);
      await stage.untilShown(39.5);
      await stage.untilMoved(3500);
    },
  },
  {
    name: 'nextContent',
    title: 'Another content follows in the same player.',
    must: [{ starts: 1 }, { starts: 1 }],
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(3);
      await stage.next('ladder', 'second');
      await stage.play();
      await stage.untilMoved(4000);
    },
  },
  {
    name: 'twoPlayers',
    title: 'Two players on a page: the first stalls, then is paused, and the second plays on.',
    must: [
      { stalls: 1, pauses: 1 },
      { starts: 1, pauses: 0 },
    ],
    async run(stage) {
      const held = holdAfter(4);
      stage.spoil((asked) => (asked.path.includes('/shift/') ? undefined : held(asked)));
      await stage.mount({ asset: 'first', attributes: { muted: '' } });
      await stage.mount({ asset: 'second', stream: 'shift', attributes: { muted: '' } });
      await stage.play('single', 0);
      await stage.untilShown(1, 0);
      await stage.play('shift', 1);
      await stage.untilStill(1000, 0);
      stage.release();
      await stage.untilShown(5, 0);
      await stage.pause(0);
      await stage.wait(1000);
      await stage.play(undefined, 0);
      await stage.untilShown(6, 0);
    },
  },
  {
    name: 'destroyedPlayer',
    title: 'The page destroys the player while it plays, before it stops the SDK.',
    untold: ['bytes'],
    known: toDestroyed,
    must: [{ starts: 1 }],
    async run(stage) {
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(3);
      await stage.destroyPlayer();
      await stage.wait(500);
    },
  },
  {
    name: 'destroyedInStall',
    title: 'The viewer leaves while it stalls.',
    must: [{ stalls: 1 }],
    async run(stage) {
      stage.spoil(holdAfter(4));
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(2);
      await stage.untilStill(1500);
    },
  },
];

/** Between two looks at a running playhead: an element without a player is emptied before it says so. */
const LOOK_MS = 250;

async function toDestroyed(stage: Stage): Promise<Truth> {
  if (stage.player !== 'html5') return {};
  const frames = (await stage.seen()).at(-1)?.[1] ?? 0;
  return { mediaMs: { value: (frames + 1) * 40, resolution: LOOK_MS + 80, from: 'picture' } };
}
