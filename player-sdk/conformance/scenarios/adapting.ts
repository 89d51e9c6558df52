// Scenarios of the ladder: a link that becomes slow, and one that becomes fast.
import { isSegment, type Scenario } from './scenario.ts';

export const ADAPTING: readonly Scenario[] = [
  {
    name: 'ladderUp',
    title: 'A link of 45 kB/s becomes free after four seconds of content.',
    untold: ['bytes'],
    async run(stage) {
      stage.spoil(({ path }) => (isSegment(path) ? { bytesPerS: 45_000 } : undefined));
      await stage.mount({ stream: 'ladder' });
      await stage.play('ladder');
      await stage.untilShown(4);
      stage.release();
      await stage.untilShown(17);
    },
  },
  {
    name: 'ladderDown',
    title: 'A free link has 35 kB/s only after four seconds of content.',
    untold: ['bytes'],
    async run(stage) {
      stage.spoil(({ path }) =>
        isSegment(path) && !/00[01]\.m4s$/.test(path) ? { bytesPerS: 35_000 } : undefined,
      );
      await stage.mount({ stream: 'ladder' });
      await stage.play('ladder');
      await stage.untilShown(11);
    },
  },
];
