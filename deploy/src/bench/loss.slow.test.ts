import { describe, expect, it } from 'vitest';
import { measureLoss } from './loss.ts';

describe('measureLoss', () => {
  it('finds the end of every view that its page took along, at once or at the next visit', async () => {
    const cutMs = 5_000;
    const say = (line: string) => console.log(line);
    const figures = await measureLoss({ say, closes: 40, cutMs });
    expect(figures).toMatchObject({
      closes: 40,
      nextVisitMissingSlices: 0,
      nextVisitDoubledMs: 0,
      contradictions: 0,
      refused: 0,
    });
    expect(figures['nearShare']).toBeGreaterThanOrEqual(0.975);
    expect(figures['nextVisitErrorP50Ms']).toBeLessThan(1_000);
    // Each has what was stored when the network went; that a closing page's write lasts, no browser promises.
    expect(figures['nextVisitErrorMaxMs']).toBeLessThan(cutMs + 500);
  }, 180_000);
});
