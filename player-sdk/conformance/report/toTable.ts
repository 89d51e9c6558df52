// The report as a table of text, for terminals and for the documentation: one row a scenario, one column a
// player, and what was outside below it.
import { METRIC_NAMES, METRICS, type Metric } from '../metrics.ts';
import type { PlayerName } from '../page/pageSdk.ts';
import type { Cell } from '../runCell.ts';
import { APART_FIGURES } from './toApart.ts';
import { isOutside, type Report } from './toReport.ts';

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
    const { scenario, player, failed, errors } = cell;
    const wrong = failed === undefined ? errors.map(toThrown) : [`not played: ${failed}`];
    const figures = cell.views
      .flatMap(({ compared }) => compared)
      .filter(({ verdict }) => verdict === 'outside');
    return [
      ...wrong.map((what) => [scenario, player, what.replaceAll('|', '/'), '', '', '']),
      ...figures.map(({ metric, truth, measured, limit }) => {
        const { title } = METRICS[metric];
        return [scenario, player, title, show(truth), show(measured), `± ${show(limit)}`];
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

function toThrown(error: string): string {
  return `the page threw: ${error}`;
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
    return most === undefined ? '–' : `${most > 0 ? '+' : ''}${show(most)}`;
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
  const outside = cell.views.flatMap(({ compared }) =>
    compared
      .filter(({ verdict }) => verdict === 'outside')
      .map(({ metric, truth, measured }) => `${metric} ${show(truth)} → ${show(measured)}`),
  );
  const figures = cell.views.reduce((sum, { compared }) => sum + compared.length, 0);
  const wrong = [...cell.errors.map(toThrown), ...outside];
  const said =
    cell.failed ??
    cell.skipped ??
    (wrong.length > 0 ? wrong.join(', ') : `${figures} figures within`);
  const mark = isOutside(cell) ? 'outside' : cell.skipped ? 'skipped' : 'ok     ';
  return `${mark} ${cell.scenario.padEnd(18)} ${cell.player.padEnd(8)} ${said}${cell.replayed ? ' (second try)' : ''}`;
}

function filter(cells: readonly Cell[], player: PlayerName, scenario: string): Cell[] {
  return cells.filter((cell) => cell.player === player && cell.scenario === scenario);
}

/** Of one scenario on one player, in all rounds. */
function toMark(cells: readonly Cell[]): string {
  if (cells.every(({ skipped }) => skipped !== undefined)) return '–';
  if (cells.some(({ failed }) => failed !== undefined)) return 'not played';
  const all = cells.flatMap(({ views }) => views.flatMap(({ compared }) => compared));
  const told = all.filter(({ verdict }) => verdict !== 'untold');
  const within = told.filter(({ verdict }) => verdict === 'within').length;
  const isReplayed = cells.some(({ replayed }) => replayed);
  return `${within} of ${told.length}${within < told.length ? ' **!**' : ''}${isReplayed ? ' ²' : ''}`;
}

function show(value: number | string | undefined): string {
  if (value === undefined) return 'not told';
  return typeof value === 'string' ? value : Math.round(value).toLocaleString('en');
}
