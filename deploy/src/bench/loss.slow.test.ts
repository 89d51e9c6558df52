import { describe, expect, it } from 'vitest';
import { measureLoss } from './loss.ts';

describe('measureLoss', () => {
  it('finds the end of every view that its page took along, at once or at the next visit', async () => {
    const figures = await measureLoss({
      say: (line) => console.log(line),
      closes: 40,
      cutMs: 5_000,
    });
    expect(figures).toMatchObject({
      closes: 40,
      nextVisitMissingSlices: 0,
      nextVisitDoubledMs: 0,
      contradictions: 0,
      refused: 0,
    });
    expect(figures['nearShare']).toBeGreaterThanOrEqual(0.975);
    expect(figures['nextVisitErrorMs']).toBeLessThan(1_000);
  }, 180_000);
});
