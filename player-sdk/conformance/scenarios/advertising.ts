// Scenarios of ads: that the page plays in an element of its own, and that the server has put into the stream.
import { AD_URL } from '../stage.ts';
import { holdAfter, type Scenario, toKnown } from './scenario.ts';

export const ADVERTISING: readonly Scenario[] = [
  {
    name: 'preRoll',
    title: 'A click plays an ad for two seconds, then the content.',
    known: () => ({ ads: toKnown(1) }),
    must: [{ adBreaks: 1, adMs: { atLeast: 1500 } }],
    async run(stage) {
      await stage.mount();
      await stage.startAd('pre');
      await stage.untilShown(2, 1);
      await stage.endAd('single');
      await stage.untilShown(4);
    },
  },
  {
    name: 'midRoll',
    title: 'An ad stops the content after three seconds, and stalls for one itself.',
    known: () => ({ ads: toKnown(1) }),
    must: [{ adBreaks: 1, adMs: { atLeast: 6500 } }],
    async run(stage) {
      const held = holdAfter(5); // Firefox shows the first second only with some more of it at hand.
      stage.spoil((asked) => (asked.path === AD_URL ? held(asked) : undefined));
      await stage.mount();
      await stage.play('single');
      await stage.untilShown(3);
      await stage.startAd('mid');
      await stage.untilShown(1, 1);
      await stage.untilStill(1000, 1);
      stage.release();
      await stage.untilShown(6, 1);
      await stage.endAd();
      await stage.untilShown(6);
    },
  },
  {
    name: 'insertedAd',
    title: 'Seconds three to six of the stream are an ad, and it stalls for one second within.',
    inserted: { fromS: 3, toS: 6 },
    known: () => ({ ads: toKnown(1) }),
    must: [{ adBreaks: 1, adMs: { atLeast: 3500 } }],
    async run(stage) {
      stage.spoil(holdAfter(4));
      await stage.mount();
      await stage.insertAd(3, 6);
      await stage.play('single');
      await stage.untilShown(3);
      await stage.untilStill(1000);
      stage.release();
      await stage.untilShown(9);
    },
  },
  {
    name: 'seekOutOfAd',
    title:
      'Seconds three to six are an ad; the viewer leaves it by a seek, whose answers come 400 ms late.',
    inserted: { fromS: 3, toS: 6 },
    known: () => ({ ads: toKnown(1) }),
    must: [{ adBreaks: 1, adMs: { atLeast: 1000 }, seeks: 1, seekingMs: { atLeast: 350 } }],
    async run(stage) {
      stage.spoil(holdAfter(8));
      await stage.mount();
      await stage.insertAd(3, 6);
      await stage.play('single');
      await stage.untilShown(4.5);
      stage.release();
      stage.spoil(({ path }) => (/\.m4s$/.test(path) ? { delayMs: 400 } : undefined));
      await stage.seek(31);
      await stage.untilShown(33);
    },
  },
];
