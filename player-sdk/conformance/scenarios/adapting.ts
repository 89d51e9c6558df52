// Scenarios of the ladder: a link that becomes slow, and one that becomes fast.
import { isSegment, type Scenario } from './scenario.ts';

export const ADAPTING: readonly Scenario[] = [
  {
    name: 'ladderUp',
    title: 'A link of 45 kB/s becomes free after four seconds of content.',
    untold: ['bytes'],
    must: [{ switchesUp: 1 }],
    async run(stage) {
      stage.spoil(({ path }) => (isSegment(path) ? { bytesPerS: 45_000 } : undefined));
      await stage.mount({ stream: 'ladder' });
      await stage.play('ladder');
      await stage.untilShown(4);
      stage.release();
      await stage.untilShown(23);
    },
  },
  {
    name: 'ladderDown',
    title: 'A free link has 25 kB/s only after eight seconds of content.',
    untold: ['bytes'],
    without: {
      videojs: 'video.js stays at its rendition, and goes down only where a request has timed out.',
    },
    must: [{ switchesDown: 1 }],
    async run(stage) {
      stage.spoil(({ path }) =>
        isSegment(path) && !/00[0-3]\.m4s$/.test(path) ? { bytesPerS: 25_000 } : undefined,
      );
      await stage.mount({ stream: 'ladder' });
      await stage.play('ladder');
      await stage.untilShown(20);
    },
  },
];
