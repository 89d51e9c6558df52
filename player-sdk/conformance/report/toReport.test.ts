import { describe, expect, it } from 'vitest';
import { compare, type Measured, type Truth } from '../metrics.ts';
import type { PlayerName } from '../page/pageSdk.ts';
import type { Cell } from '../runCell.ts';
import { toHtml } from './toHtml.ts';
import { isExcusable, type Report, toReport } from './toReport.ts';
import {
  toFurthest,
  toLine,
  toMatrix,
  toOutside,
  toPairs,
  toSentence,
  toSkipped,
} from './toTable.ts';

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

function reportOf(cells: readonly Cell[]): Report {
  const browser = { name: 'chromium', version: '156' };
  const run = { browser, players: { hlsjs: '1.7.4' }, rounds: 1, cells };
  return toReport(run, { sdk: SDK, at: 0 });
}

const TRUTH = { stalls: 1, startupMs: 1000, playingMs: 8000, stalledMs: 1000, seekingMs: 0 };
const GOOD = cell('hlsjs', TRUTH, { ...TRUTH, startupMs: 1099, playingMs: 8150 });
const BAD = cell('shaka', TRUTH, { ...TRUTH, stalls: 2, startupMs: 1101, playingMs: 7849 });

describe('toReport', () => {
  it('counts what is outside by the limits', () => {
    const { figures } = reportOf([GOOD, BAD]);
    expect(figures).toMatchObject({ cells: 2, cellsOutside: 1, figuresOutside: 3, countErrors: 1 });
    expect(figures).toMatchObject({ worstStartupMs: 101, worstPlayingMs: 151, worstStallMs: 0 });
  });

  it('tells what an SDK does not say from what it says wrongly', () => {
    const { figures } = reportOf([cell('hlsjs', TRUTH, {})]);
    expect(figures).toMatchObject({ cellsOutside: 0, figuresUntold: 5 });
  });

  it('takes what an SDK should say and does not for outside', () => {
    const known: Truth = { stalls: { value: 1, resolution: 0, from: 'script' } };
    const views = [{ asset: 'first', compared: compare(known, {}, true) }];
    const { figures } = reportOf([{ ...GOOD, views }]);
    expect(figures).toMatchObject({ cellsOutside: 1, figuresUntold: 0 });
  });

  it('counts a cell that could not be played', () => {
    const failed: Cell = { ...GOOD, views: [], failed: 'no' };
    expect(reportOf([failed]).figures.cellsOutside).toBe(1);
  });

  it('takes a page that threw for outside, and says what', () => {
    const report = reportOf([{ ...GOOD, errors: ['the page threw: TypeError: a | b'] }]);
    expect(report.figures.cellsOutside).toBe(1);
    expect(toOutside(report)).toContain('| hlsjs | the page threw: TypeError: a / b |');
  });

  it('takes a run in which nothing was played for no proof', () => {
    const skipped: Cell = { ...GOOD, views: [], skipped: 'cannot' };
    expect(reportOf([skipped]).figures.outsideShare).toBe(1);
  });

  it('says how far two players are apart beyond the truth', () => {
    const other = cell('shaka', { ...TRUTH, startupMs: 2000 }, { ...TRUTH, startupMs: 2100 });
    const { apart } = reportOf([cell('hlsjs', TRUTH, TRUTH), other]);
    expect(apart.find(({ figure }) => figure === 'startup')?.share).toBeCloseTo(1 - 1 / 1.05);
  });

  it('takes a player that tells nothing of what there was for wholly apart', () => {
    const mute = cell('shaka', TRUTH, { ...TRUTH, stalledMs: 0 });
    const shareOf = (...cells: Cell[]) =>
      reportOf(cells).apart.find(({ figure }) => figure === 'rebuffering')?.share;
    expect(shareOf(GOOD, mute)).toBe(1);
    expect(shareOf({ ...mute, player: 'hlsjs' }, { ...GOOD, player: 'shaka' })).toBe(1);
  });
});

describe('toReport of two tries', () => {
  const first = cell('hlsjs', TRUTH, { ...TRUTH, playingMs: 8151 });

  it('counts a cell that was outside once, and keeps both tries', () => {
    const report = reportOf([
      { ...GOOD, first },
      { ...BAD, first: BAD },
    ]);
    expect(report.figures).toMatchObject({ cells: 2, cellsOutside: 1, outsideOnce: 1 });
    expect(report.cells[0]?.first).toBe(first);
    expect(toLine({ ...GOOD, first })).toContain('(second try; first: Playing 8,000 → 8,151)');
    expect(toHtml(report)).toContain('outside at the first try: Playing 8,000 → 8,151');
  });

  it('excuses durations only', () => {
    expect(isExcusable(first)).toBe(true);
    expect(isExcusable({ ...GOOD, vague: 'busy' })).toBe(true);
    expect(isExcusable(BAD)).toBe(false);
    expect(isExcusable({ ...first, errors: ['the page threw'] })).toBe(false);
    expect(isExcusable({ ...first, views: [], failed: 'timed out' })).toBe(false);
  });
});

describe('toReport of a page that was too busy', () => {
  it('takes the cell for outside, and says how far a figure may be off', () => {
    const report = reportOf([{ ...GOOD, vague: 'resolution too coarse' }]);
    expect(report.figures).toMatchObject({ cellsOutside: 1, widestLimitMs: 150 });
    expect(toOutside(report)).toContain('resolution too coarse');
  });
});

describe('an SDK that tells nothing', () => {
  const mute = cell('hlsjs', { ...TRUTH, views: 1 }, { views: 1 });

  it('is not praised', () => {
    expect(toLine(mute)).toContain('1 of 1 told within, 5 not told');
    expect(toMatrix(reportOf([mute]))).toContain('| start | 1 of 1, 5 not told |');
    expect(toSentence(reportOf([mute]))).toContain(
      '0 of 1 figures that it tells outside, 5 not told',
    );
    expect(toHtml(reportOf([mute]))).toContain('5 not told.</strong>');
  });
});

describe('toHtml', () => {
  it('says in words what is outside, and what it was played on', () => {
    const known: Truth = { category: { value: 'none', resolution: 0, from: 'script' } };
    const views = [{ asset: 'first', compared: compare(known, { category: 'network' }) }];
    const page = toHtml(reportOf([{ ...GOOD, views }]));
    expect(page).toContain('<td>network<td class="outside">outside');
    expect(page).toContain('chromium 156 · hlsjs 1.7.4');
    expect(page).toContain('<th scope="row">Cells outside<td>1');
    expect(page).toContain('<caption>start on hlsjs</caption>');
  });

  it('lets nothing that comes from outside be more than text', () => {
    const hostile: Cell = { ...BAD, errors: ['<script>alert(1)</script>'] };
    const page = toHtml(reportOf([GOOD, hostile]));
    expect(page).not.toContain('<b>sdk');
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&#60;script&#62;alert(1)');
  });
});

describe('toMatrix', () => {
  it('gives each cell its place, and toOutside its reasons', () => {
    const report = reportOf([GOOD, BAD]);
    expect(toMatrix(report)).toContain('| start | 5 of 5 | 2 of 5 **!** |');
    expect(toOutside(report)).toContain('| start | shaka | Stalls | 1 | 2 | ± 0 |');
  });
});

describe('toHtml of several rounds, and of several SDKs', () => {
  const sectionsOf = (page: string) => page.split('<section class="cell').slice(1);

  it('shows each round by itself', () => {
    const again = { ...BAD, player: 'hlsjs' as const };
    const [first, second] = sectionsOf(toHtml(reportOf([GOOD, again])));
    expect(first).toMatch(/^">/);
    expect(first).not.toContain('<tr class="outside">');
    expect(second).toMatch(/^ bad">/);
    expect(second).toContain('<tr class="outside">');
  });

  it('shows what is outside with any SDK, and what only one of them tells', () => {
    const failed: Cell = { ...GOOD, views: [], failed: 'no' };
    const bad = { ...BAD, player: 'hlsjs' as const };
    const reports = [failed, bad].map((one) => reportOf([one]));
    const [section] = sectionsOf(toHtml(reports[0] as never, reports.slice(1)));
    expect(section).toMatch(/^ bad">/);
    expect(section).toContain('not played: no');
    expect(section).toContain('<tr class="outside">');
  });
});

describe('toFurthest', () => {
  it('tells the furthest figure of each player, with its sign', () => {
    const report = reportOf([GOOD, BAD]);
    expect(toFurthest(report)).toContain('| Startup | +99 | +101 |');
    expect(toFurthest(report)).toContain('| Playing | +150 | -151 |');
    expect(toFurthest(report)).toContain('| Paused | – | – |');
  });
});

describe('toMatrix of several rounds', () => {
  it('adds the rounds of a cell up', () => {
    const report = reportOf([GOOD, BAD, GOOD, GOOD]);
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
    const report = reportOf([GOOD, skip('a', 'deaf'), skip('b', 'deaf'), ...many]);
    expect(toSkipped(report)).toBe('- hlsjs: deaf (a, b)\n- hlsjs: mute (7)');
  });
});

describe('toPairs', () => {
  it('tells how far two players are apart, and how well that is known', () => {
    const other = cell('shaka', { ...TRUTH, startupMs: 2000 }, { ...TRUTH, startupMs: 2100 });
    const report = reportOf([cell('hlsjs', TRUTH, TRUTH), other]);
    expect(toPairs(report)).toContain(
      '| hlsjs and shaka | 1 | 0.9 % (± 0.0 %) | 4.8 % (± 0.0 %) |',
    );
  });
});
