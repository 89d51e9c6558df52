// Scenarios of the start: what a viewer meets between his click and the first moving picture.
import { checkStands, holdAfter, isSegment, type Scenario, toKnown } from './scenario.ts';

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
    must: [{ startupMs: { atLeast: 500 } }],
    async run(stage) {
      stage.spoil(() => ({ delayMs: 150, bytesPerS: 60_000 }));
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(1);
      stage.release();
      await stage.untilShown(3);
    },
  },
  preloaded('preloaded', 'The page loads the content; two seconds later the viewer presses play.'),
  preloaded('preloadNone', 'As preloaded, with the preload attribute "none".', 'none'),
  preloaded('preloadMetadata', 'As preloaded, with the preload attribute "metadata".', 'metadata'),
  preloaded('preloadAuto', 'As preloaded, with the preload attribute "auto".', 'auto'),
  {
    name: 'pauseBeforeStart',
    title: 'The viewer pauses before the first picture moves, and plays two seconds later.',
    must: [{ starts: 1, pauses: 1 }],
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
    name: 'shiftedStart',
    title: 'The first frame has a media time of 1 000 s.',
    async run(stage) {
      await stage.mount({ stream: 'shift' });
      await stage.play('shift');
      await stage.untilShown(3);
    },
  },
  {
    name: 'resumed',
    title:
      'The page loads the content and goes to second 20, where the viewer once left; he plays.',
    async run(stage) {
      await stage.mount();
      await stage.load('single');
      await stage.untilShown(0);
      await stage.seek(20);
      await stage.untilShown(19.9); // A stream may begin within a frame of its own.
      await stage.play();
      await stage.untilShown(23);
    },
  },
  {
    name: 'progressive',
    title: 'A plain MP4 that stalls for a second.',
    players: ['html5'],
    untold: ['bytes'], // Of a file that is read by ranges, Chromium shows a page the first request only.
    must: [{ stalls: 1 }],
    async run(stage) {
      stage.spoil(holdAfter(6));
      await stage.mount({ stream: 'mp4' });
      await stage.play('mp4');
      await stage.untilShown(2);
      await stage.untilStill(1000);
      stage.release();
      await stage.untilShown(9);
    },
  },
  {
    name: 'autoplayMuted',
    title: 'The page plays by the autoplay attribute, muted.',
    autoplays: true,
    must: [{ starts: 1 }],
    async run(stage) {
      await stage.mount({ attributes: { autoplay: '', muted: '' } });
      await stage.load('single');
      await stage.untilShown(3);
    },
  },
  {
    name: 'autoplaySound',
    title: 'The page plays by the autoplay attribute, with sound: the viewer has clicked before.',
    autoplays: true,
    must: [{ starts: 1 }],
    async run(stage) {
      await stage.mount({ attributes: { autoplay: '' } });
      await stage.load('single');
      await stage.untilShown(3);
    },
  },
  {
    name: 'autoplayRefused',
    title: 'The browser refuses to autoplay with sound; three seconds later the viewer clicks.',
    must: [{ starts: 1 }],
    async run(stage) {
      await stage.mount({ attributes: { autoplay: '' }, gesture: false });
      await stage.load('single', { gesture: false });
      await stage.wait(3000);
      await checkStands(stage);
      await stage.play();
      await stage.untilShown(3);
    },
  },
  {
    name: 'exitBeforeStart',
    title: 'No segment ever comes; the viewer leaves after three seconds.',
    known: () => ({ errors: toKnown(0, 'origin') }),
    untold: ['bytes'], // hls.js tells of an initialisation segment with the first segment only.
    must: [{ starts: 0, exitsBeforeStart: 1 }],
    async run(stage) {
      stage.spoil(({ path }) => (isSegment(path) ? { silent: true } : undefined));
      await stage.mount();
      await stage.play('single');
      await stage.wait(3000);
    },
  },
];

function preloaded(name: string, title: string, preload?: 'none' | 'metadata' | 'auto'): Scenario {
  return {
    name,
    title,
    must: [{ starts: 1 }],
    async run(stage) {
      await stage.mount(preload && { attributes: { preload } });
      await stage.load('single');
      await stage.wait(2000);
      await checkStands(stage);
      await stage.play();
      await stage.untilShown(3);
    },
  };
}
