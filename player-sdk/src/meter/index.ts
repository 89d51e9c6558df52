// The whole meter, for servers and tests: signals in; slices, events and the view's summary out. Pure:
// no clock, no DOM, no chance. Browsers take `meter.ts`, to which the entries of ads and interactions add their own.
import { foldAd } from './ads.ts';
import type { Meter, MeterOptions, Peek } from './emission.ts';
import { extendMeter } from './folds.ts';
import { createMeter as createBareMeter } from './meter.ts';
import { foldInteraction, foldRecommendation } from './publisher.ts';

export type { Emission, Meter, MeterOptions, Peek, Urgency } from './emission.ts';

export function createMeter(options: MeterOptions): Meter {
  extendMeter({
    ad: foldAd,
    interaction: foldInteraction,
    recommendation: foldRecommendation,
  });
  const meter = createBareMeter(options);
  const { peek } = meter;
  return Object.assign(meter, {
    peek(at: number): Peek {
      const shown = peek(at);
      const { summary } = shown;
      // The clock was set back since the start, which keeps its label: in browsers, `labels.ts` moves it.
      if (summary) Object.assign(summary, { last: Math.max(summary.start, summary.last) });
      return shown;
    },
  });
}
