// The whole meter, for servers and tests: signals in; slices, events and the view's summary out. Pure:
// no clock, no DOM, no chance. Browsers take `meter.ts`, to which the entry of ads adds its own.
import { foldAd } from './ads.ts';
import type { Meter, MeterOptions } from './emission.ts';
import { extendMeter } from './folds.ts';
import { createMeter as createBareMeter } from './meter.ts';

export type { Emission, Meter, MeterOptions, Peek, Urgency } from './emission.ts';

export function createMeter(options: MeterOptions): Meter {
  extendMeter({ ad: foldAd });
  return createBareMeter(options);
}
