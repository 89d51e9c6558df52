// The report as a table of text, for terminals and for the documentation: one row a scenario, one column a
// player, and what was outside below it.
import { METRIC_NAMES, METRICS, type Metric } from '../metrics.ts';
import type { PlayerName } from '../page/pageSdk.ts';
import type { Cell } from '../runCell.ts';
import { APART_FIGURES } from './toApart.ts';
import { isOutside, type Report } from './toReport.ts';
import { showValue, toFaults, toWrong } from './toWrong.ts';

/** Markdown: of each cell, how many of its figures are within. */
export function toMatrix({ cells }: Report): string {
  const players = [...new Set(cells.map(({ player }) => player))];
  const scenarios = [...new Set(cells.map(({ scenario }) => scenario))];
  const lines = [
    `| scenario | ${players.join(' | ')} |`,
    `|---|${players.map(() => '---|').join('')}`,
    ...scenarios.map(
      (scenario) =>
        `| ${scenario} | ${players.map((player) => toMark(filter(cells, player, scenario))).join(' | ')} |`,
    ),
  ];
  return lines.join('\n');
}

/** Markdown: every figure that is outside, and what else was wrong. */
export function toOutside({ cells }: Report): string {
  const rows = cells.flatMap((cell) => {
    const { scenario, player } = cell;
    const figures = cell.views
      .flatMap(({ compared }) => compared)
      .filter(({ verdict }) => verdict === 'outside');
    return [
      ...toFaults(cell).map((what) => [scenario, player, what.replaceAll('|', '/'), '', '', '']),
      ...figures.map(({ metric, truth, measured, limit }) => {
        const { title } = METRICS[metric];
        return [
          scenario,
          player,
          title,
          showValue(truth),
          showValue(measured),
          `± ${showValue(limit)}`,
        ];
      }),
    ];
  });
  if (rows.length === 0) return 'Nothing is outside.';
  return [
    '| scenario | player | figure | truth | measured | limit |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

/** Markdown: of each duration and player, how far the furthest figure is from the truth, in ms. */
export function toFurthest({ cells }: Report): string {
  const players = [...new Set(cells.map(({ player }) => player))];
  const furthest = (metric: Metric, player: PlayerName) => {
    const differences = cells
      .filter((cell) => cell.player === player)
      .flatMap(({ views }) => views.flatMap(({ compared }) => compared))
      .flatMap((one) => (one.metric === metric ? (one.difference ?? []) : []));
    const [most] = differences.toSorted((a, b) => Math.abs(b) - Math.abs(a));
    return most === undefined ? '–' : `${most > 0 ? '+' : ''}${showValue(most)}`;
  };
  return [
    `| furthest from the truth, ms | ${players.join(' | ')} |`,
    `|---|${players.map(() => '---|').join('')}`,
    ...METRIC_NAMES.filter((metric) => METRICS[metric].unit === 'ms').map(
      (metric) =>
        `| ${METRICS[metric].title} | ${players.map((player) => furthest(metric, player)).join(' | ')} |`,
    ),
  ].join('\n');
}

/** Markdown: how far each two players are apart beyond the truth, and how well the truth is known. */
export function toPairs({ apart }: Report): string {
  const pairs = [...new Set(apart.map(({ players }) => players.join(' and ')))];
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const tell = (pair: string, figure: string) => {
    const one = apart.find((each) => each.players.join(' and ') === pair && each.figure === figure);
    return one === undefined ? '–' : `${percent(one.share)} (± ${percent(one.resolution)})`;
  };
  return [
    `| players | scripts | ${APART_FIGURES.join(' | ')} |`,
    `|---|---|${APART_FIGURES.map(() => '---|').join('')}`,
    ...pairs.map((pair) => {
      const scripts = apart.find(({ players }) => players.join(' and ') === pair)?.scripts;
      return `| ${pair} | ${scripts} | ${APART_FIGURES.map((figure) => tell(pair, figure)).join(' | ')} |`;
    }),
  ].join('\n');
}

/** Markdown: what each player cannot play, and why. */
export function toSkipped({ cells }: Report): string {
  const scenarios = new Map<string, string[]>();
  for (const { scenario, player, skipped } of cells) {
    if (skipped === undefined) continue;
    const reason = `${player}: ${skipped}`;
    scenarios.set(reason, [...(scenarios.get(reason) ?? []), scenario]);
  }
  return [...scenarios]
    .map(([reason, names]) => `- ${reason} (${names.length > 6 ? names.length : names.join(', ')})`)
    .join('\n');
}

/** One line for a cell as it ends. */
export function toLine(cell: Cell): string {
  const wrong = toWrong(cell);
  const said = cell.skipped ?? (wrong.length > 0 ? wrong.join(', ') : toTold([cell]).said);
  const mark = isOutside(cell) ? 'outside' : cell.skipped ? 'skipped' : 'ok     ';
  const before = cell.first ? ` (second try; first: ${toWrong(cell.first).join(', ')})` : '';
  return `${mark} ${cell.scenario.padEnd(18)} ${cell.player.padEnd(8)} ${said}${before}`;
}

/** Of how many figures that are told how many are within, and how many are not told. */
function toTold(cells: readonly Cell[]): { readonly said: string; readonly short: string } {
  const all = cells.flatMap(({ views }) => views.flatMap(({ compared }) => compared));
  const told = all.filter(({ verdict }) => verdict !== 'untold');
  const within = told.filter(({ verdict }) => verdict === 'within').length;
  const share = `${within} of ${told.length}`;
  const rest = told.length < all.length ? `, ${all.length - told.length} not told` : '';
  return { said: `${share} told within${rest}`, short: `${share}${rest}` };
}

/** The report in one sentence. */
export function toSentence({ figures }: Report): string {
  const { cells, cellsOutside, outsideOnce, figuresOutside, figuresUntold } = figures;
  const once = outsideOnce > 0 ? ` (${outsideOnce} more at the first try only)` : '';
  const told = figures.figures - figuresUntold;
  return `${cellsOutside} of ${cells} cells outside${once}; ${figuresOutside} of ${told} figures that it tells outside, ${figuresUntold} not told.`;
}

function filter(cells: readonly Cell[], player: PlayerName, scenario: string): Cell[] {
  return cells.filter((cell) => cell.player === player && cell.scenario === scenario);
}

/** Of one scenario on one player, in all rounds. */
function toMark(cells: readonly Cell[]): string {
  if (cells.every(({ skipped }) => skipped !== undefined)) return '–';
  if (cells.some(({ failed }) => failed !== undefined)) return 'not played';
  const isTwice = cells.some(({ first }) => first !== undefined);
  return `${toTold(cells).short}${cells.some(isOutside) ? ' **!**' : ''}${isTwice ? ' ²' : ''}`;
}
