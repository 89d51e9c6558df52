// Ads are folded where something tells of them: a page without ads does not load that file.
import { describe, expect, it } from 'vitest';
import { CONTEXT, EPOCH } from '../../test/screening.ts';
import type { Signal } from '../contract/index.ts';
import { foldAd } from './ads.ts';
import { extendMeter } from './folds.ts';
import { createMeter } from './meter.ts';

describe('extendMeter', () => {
  it('adds the fold of ads; before, such a signal is counted as lost', () => {
    const meter = createMeter({ ctx: CONTEXT, at: 0, clock: { time: EPOCH, source: 'server' } });
    const signal: Signal = { type: 'ad', at: 1, phase: 'breakStart', slot: 'pre' };
    meter.fold({ type: 'request', at: 0, by: 'play' });
    expect(meter.fold(signal)).toMatchObject({ lost: 1, events: [] });
    extendMeter({ ad: foldAd });
    extendMeter({ ad: foldAd });
    expect(meter.fold(signal)).toMatchObject({ lost: 0, events: [{ type: 'adBreak' }] });
  });
});
