// The report as a table of text, for terminals and for the documentation: one row a scenario, one column a
// player, and what was outside below it.
import { METRICS } from '../metrics.ts';
import type { PlayerName } from '../page/pageSdk.ts';
import type { Cell } from '../runCell.ts';
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
        `| ${scenario} | ${players.map((player) => toMark(find(cells, player, scenario))).join(' | ')} |`,
    ),
  ];
  return lines.join('\n');
}

/** Markdown: every figure that is outside. */
export function toOutside({ cells }: Report): string {
  const rows = cells.flatMap((cell) =>
    cell.failed !== undefined
      ? [
          `| ${cell.scenario} | ${cell.player} | not played: ${cell.failed.replaceAll('|', '/')} | | | |`,
        ]
      : cell.views.flatMap(({ compared }) =>
          compared
            .filter(({ verdict }) => verdict === 'outside')
            .map(({ metric, truth, measured, limit }) =>
              [
                '',
                cell.scenario,
                cell.player,
                METRICS[metric].title,
                show(truth),
                show(measured),
                `± ${show(limit)}`,
                '',
              ]
                .join(' | ')
                .trim(),
            ),
        ),
  );
  if (rows.length === 0) return 'Nothing is outside.';
  return [
    '| scenario | player | figure | truth | measured | limit |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Markdown: every cell that a player cannot play, and why. */
export function toSkipped({ cells }: Report): string {
  return cells
    .filter(({ skipped }) => skipped !== undefined)
    .map(({ scenario, player, skipped }) => `- ${scenario}, ${player}: ${skipped}`)
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
  const said =
    cell.failed ??
    cell.skipped ??
    (outside.length > 0 ? outside.join(', ') : `${figures} figures within`);
  const mark = isOutside(cell) ? 'outside' : cell.skipped ? 'skipped' : 'ok     ';
  return `${mark} ${cell.scenario.padEnd(18)} ${cell.player.padEnd(8)} ${said}${cell.replayed ? ' (second try)' : ''}`;
}

function find(cells: readonly Cell[], player: PlayerName, scenario: string): Cell | undefined {
  return cells.find((cell) => cell.player === player && cell.scenario === scenario);
}

function toMark(cell: Cell | undefined): string {
  if (cell === undefined || cell.skipped !== undefined) return '–';
  if (cell.failed !== undefined) return 'not played';
  const all = cell.views.flatMap(({ compared }) => compared);
  const told = all.filter(({ verdict }) => verdict !== 'untold');
  const within = told.filter(({ verdict }) => verdict === 'within').length;
  return `${within} of ${told.length}${within < told.length ? ' **!**' : ''}${cell.replayed ? ' ²' : ''}`;
}

function show(value: number | string | undefined): string {
  if (value === undefined) return 'not told';
  return typeof value === 'string' ? value : Math.round(value).toLocaleString('en');
}
