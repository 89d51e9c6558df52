// The meter: signals in; slices, events and the view's summary out. Pure: no clock, no DOM, no chance.
export type { Emission, Meter, MeterOptions, Peek, Urgency } from './emission.ts';
export { createMeter } from './meter.ts';
