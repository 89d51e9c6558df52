import { describe, expect, it } from 'vitest';
import { compare, type Measured, type Truth } from '../metrics.ts';
import type { PlayerName } from '../page/pageSdk.ts';
import type { Cell } from '../runCell.ts';
import { toHtml } from './toHtml.ts';
import { toReport } from './toReport.ts';
import { toFurthest, toMatrix, toOutside, toPairs, toSkipped } from './toTable.ts';

const SDK = { name: '<b>sdk</b>', version: '1' };

function cell(player: PlayerName, truth: Record<string, number>, measured: Measured): Cell {
  const known: Truth = Object.fromEntries(
    Object.entries(truth).map(([metric, value]) => [
      metric,
      { value, resolution: 0, from: 'script' as const },
    ]),
  );
  const views = [{ asset: 'first', compared: compare(known, measured) }];
  return { player, scenario: 'start', views, errors: [] };
}

const TRUTH = { stalls: 1, startupMs: 1000, playingMs: 8000, stalledMs: 1000, seekingMs: 0 };
const GOOD = cell('hlsjs', TRUTH, { ...TRUTH, startupMs: 1099, playingMs: 8150 });
const BAD = cell('shaka', TRUTH, { ...TRUTH, stalls: 2, startupMs: 1101, playingMs: 7849 });

describe('toReport', () => {
  it('counts what is outside by the limits', () => {
    const { figures } = toReport([GOOD, BAD], { sdk: SDK, at: 0 });
    expect(figures).toMatchObject({ cells: 2, cellsOutside: 1, figuresOutside: 3, countErrors: 1 });
    expect(figures).toMatchObject({ worstStartupMs: 101, worstPlayingMs: 151, worstStallMs: 0 });
  });

  it('tells what an SDK does not say from what it says wrongly', () => {
    const { figures } = toReport([cell('hlsjs', TRUTH, {})], { sdk: SDK, at: 0 });
    expect(figures).toMatchObject({ cellsOutside: 0, figuresUntold: 5 });
  });

  it('takes what an SDK should say and does not for outside', () => {
    const known: Truth = { stalls: { value: 1, resolution: 0, from: 'script' } };
    const views = [{ asset: 'first', compared: compare(known, {}, true) }];
    const { figures } = toReport([{ ...GOOD, views }], { sdk: SDK, at: 0 });
    expect(figures).toMatchObject({ cellsOutside: 1, figuresUntold: 0 });
  });

  it('counts a cell that could not be played', () => {
    const failed: Cell = { ...GOOD, views: [], failed: 'no' };
    expect(toReport([failed], { sdk: SDK, at: 0 }).figures.cellsOutside).toBe(1);
  });

  it('takes a page that threw for outside, and says what', () => {
    const report = toReport([{ ...GOOD, errors: ['TypeError: a | b'] }], { sdk: SDK, at: 0 });
    expect(report.figures.cellsOutside).toBe(1);
    expect(toOutside(report)).toContain('| hlsjs | the page threw: TypeError: a / b |');
  });

  it('takes a run in which nothing was played for no proof', () => {
    const skipped: Cell = { ...GOOD, views: [], skipped: 'cannot' };
    expect(toReport([skipped], { sdk: SDK, at: 0 }).figures.outsideShare).toBe(1);
  });

  it('says how far two players are apart beyond the truth', () => {
    const other = cell('shaka', { ...TRUTH, startupMs: 2000 }, { ...TRUTH, startupMs: 2100 });
    const { apart } = toReport([cell('hlsjs', TRUTH, TRUTH), other], { sdk: SDK, at: 0 });
    expect(apart.find(({ figure }) => figure === 'startup')?.share).toBeCloseTo(1 - 1 / 1.05);
  });

  it('takes a player that tells nothing of what there was for wholly apart', () => {
    const mute = cell('shaka', TRUTH, { ...TRUTH, stalledMs: 0 });
    const shareOf = (...cells: Cell[]) =>
      toReport(cells, { sdk: SDK, at: 0 }).apart.find(({ figure }) => figure === 'rebuffering')
        ?.share;
    expect(shareOf(GOOD, mute)).toBe(1);
    expect(shareOf({ ...mute, player: 'hlsjs' }, { ...GOOD, player: 'shaka' })).toBe(1);
  });
});

describe('toHtml', () => {
  it('lets nothing that comes from outside be more than text', () => {
    const hostile: Cell = { ...BAD, errors: ['<script>alert(1)</script>'] };
    const page = toHtml(toReport([GOOD, hostile], { sdk: SDK, at: 0 }));
    expect(page).not.toContain('<b>sdk');
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&#60;script&#62;alert(1)');
  });
});

describe('toMatrix', () => {
  it('gives each cell its place, and toOutside its reasons', () => {
    const report = toReport([GOOD, BAD], { sdk: SDK, at: 0 });
    expect(toMatrix(report)).toContain('| start | 5 of 5 | 2 of 5 **!** |');
    expect(toOutside(report)).toContain('| start | shaka | Stalls | 1 | 2 | ± 0 |');
  });
});

describe('toHtml of several rounds, and of several SDKs', () => {
  const sectionsOf = (page: string) => page.split('<section class="cell').slice(1);

  it('shows each round by itself', () => {
    const again = { ...BAD, player: 'hlsjs' as const };
    const [first, second] = sectionsOf(toHtml(toReport([GOOD, again], { sdk: SDK, at: 0 })));
    expect(first).toMatch(/^">/);
    expect(first).not.toContain('<tr class="outside">');
    expect(second).toMatch(/^ bad">/);
    expect(second).toContain('<tr class="outside">');
  });

  it('shows what is outside with any SDK, and what only one of them tells', () => {
    const failed: Cell = { ...GOOD, views: [], failed: 'no' };
    const bad = { ...BAD, player: 'hlsjs' as const };
    const reports = [failed, bad].map((one) => toReport([one], { sdk: SDK, at: 0 }));
    const [section] = sectionsOf(toHtml(reports[0] as never, reports.slice(1)));
    expect(section).toMatch(/^ bad">/);
    expect(section).toContain('not played: no');
    expect(section).toContain('<tr class="outside">');
  });
});

describe('toFurthest', () => {
  it('tells the furthest figure of each player, with its sign', () => {
    const report = toReport([GOOD, BAD], { sdk: SDK, at: 0 });
    expect(toFurthest(report)).toContain('| Startup | +99 | +101 |');
    expect(toFurthest(report)).toContain('| Playing | +150 | -151 |');
    expect(toFurthest(report)).toContain('| Paused | – | – |');
  });
});

describe('toMatrix of several rounds', () => {
  it('adds the rounds of a cell up', () => {
    const report = toReport([GOOD, BAD, GOOD, GOOD], { sdk: SDK, at: 0 });
    expect(toMatrix(report)).toContain('| start | 15 of 15 | 2 of 5 **!** |');
  });
});

describe('toSkipped', () => {
  it('gives each reason once, with what it is the reason of', () => {
    const skip = (scenario: string, skipped: string): Cell => ({
      ...GOOD,
      views: [],
      scenario,
      skipped,
    });
    const many = Array.from({ length: 7 }, (_, i) => skip(`s${i}`, 'mute'));
    const report = toReport([GOOD, skip('a', 'deaf'), skip('b', 'deaf'), ...many], {
      sdk: SDK,
      at: 0,
    });
    expect(toSkipped(report)).toBe('- hlsjs: deaf (a, b)\n- hlsjs: mute (7)');
  });
});

describe('toPairs', () => {
  it('tells how far two players are apart, and how well that is known', () => {
    const other = cell('shaka', { ...TRUTH, startupMs: 2000 }, { ...TRUTH, startupMs: 2100 });
    const report = toReport([cell('hlsjs', TRUTH, TRUTH), other], { sdk: SDK, at: 0 });
    expect(toPairs(report)).toContain(
      '| hlsjs and shaka | 1 | 0.9 % (± 0.0 %) | 4.8 % (± 0.0 %) |',
    );
  });
});
