// Ads and interactions are folded where something tells of them: a page without does not load them.
import { describe, expect, it } from 'vitest';
import { CONTEXT, EPOCH } from '../../test/screening.ts';
import type { Signal } from '../contract/index.ts';
import { foldAd } from './ads.ts';
import { extendMeter } from './folds.ts';
import { createMeter } from './meter.ts';
import { foldInteraction } from './publisher.ts';

describe('extendMeter', () => {
  it.each<[Signal, Parameters<typeof extendMeter>[0], string]>([
    [{ type: 'ad', at: 1, phase: 'breakStart', slot: 'pre' }, { ad: foldAd }, 'adBreak'],
    [{ type: 'interaction', at: 1, kind: 'like' }, { interaction: foldInteraction }, 'interaction'],
  ])('adds a fold; before, such a signal is counted as lost: %o', (signal, more, type) => {
    const meter = createMeter({ ctx: CONTEXT, at: 0, clock: { time: EPOCH, source: 'server' } });
    meter.fold({ type: 'request', at: 0, by: 'play' });
    expect(meter.fold(signal)).toMatchObject({ lost: 1, events: [] });
    extendMeter(more);
    extendMeter(more);
    expect(meter.fold(signal)).toMatchObject({ lost: 0, events: [{ type }] });
  });
});
