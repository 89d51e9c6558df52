// The report as one page that needs nothing else: light or dark as the reader has it. All that comes from
// outside is text in it.
import { type Compared, METRICS, type Value } from '../metrics.ts';
import type { Cell } from '../runCell.ts';
import { APART_LIMIT } from './toApart.ts';
import { type Figures, isOutside, type Report } from './toReport.ts';
import { toSentence } from './toTable.ts';
import { toFaults, toWrong } from './toWrong.ts';

/** `others`: reports of other SDKs on the same scripts; their figures stand beside these. */
export function toHtml(report: Report, others: readonly Report[] = []): string {
  const reports = [report, ...others];
  const title = `Conformance of ${reports.map(({ sdk }) => sdk.name).join(' and ')}`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${toText(title)}</title>
<style>${STYLE}</style>
<h1>${toText(title)}</h1>
<p>${new Date(report.at).toISOString()} · ${toText(toPlayed(report))}</p>
<p>One row a figure whose truth is known from outside the player · ± is what a figure may be off by: the limit, or what the truth itself is known by</p>
${reports.map(toSummary).join('\n')}
${reports.map(toApartTable).join('\n')}
<h2>Cells</h2>
<p><label><input type="checkbox" id="only"> only what is outside</label></p>
${toCells(reports)}
<script>${SCRIPT}</script>
</html>
`;
}

/** What it was played on. */
function toPlayed({ browser, players, rounds }: Report): string {
  const versions = Object.entries(players).map(([name, version]) => `${name} ${version}`);
  const times = rounds === 1 ? [] : [`${rounds} rounds`];
  return [`${browser.name} ${browser.version}`, ...versions, ...times].join(' · ');
}

/** The summary's figures: in words, and what they are counted in. */
const FIGURES: Readonly<Record<keyof Figures, readonly [title: string, unit: string]>> = {
  cells: ['Cells played', 'count'],
  cellsOutside: ['Cells outside', 'count'],
  outsideShare: ['Cells outside, share', 'share'],
  outsideOnce: ['Cells outside at the first try only', 'count'],
  figures: ['Figures compared', 'count'],
  figuresOutside: ['Figures outside', 'count'],
  figuresUntold: ['Figures not told', 'count'],
  countErrors: ['Counts that are wrong', 'count'],
  worstStartupMs: ['Startup: furthest from the truth', 'ms'],
  worstStallMs: ['Stalled: furthest from the truth', 'ms'],
  worstPlayingMs: ['Playing: furthest from the truth', 'ms'],
  widestLimitMs: ['Widest limit of a duration', 'ms'],
  worstApart: ['Two players apart, at most', 'share'],
  worstApartBeyond: ['Two players apart, beyond what the truth is known by', 'share'],
  skipped: ['Cells that cannot be played', 'count'],
};

function toSummary(report: Report): string {
  const { sdk, figures, caveats } = report;
  const rows = Object.entries(FIGURES).map(([name, [title, unit]]) => {
    const value = toNumber(figures[name as keyof Figures], unit); // Its keys.
    return `<tr><th scope="row">${title}<td>${toText(value)}`;
  });
  const notes = Object.entries(caveats).map(
    ([metric, caveat]) =>
      `<li>${toText(METRICS[metric as keyof typeof METRICS].title)}: ${toText(caveat)}`, // Its keys.
  );
  return `<section><h2>${toText(sdk.name)} <small>${toText(sdk.version)}</small></h2>
<p><strong>${toText(toSentence(report))}</strong></p>
${toTable(`${sdk.name}: its figures`, rows, 'figures')}
${notes.length > 0 ? `<ul>${notes.join('')}</ul>` : ''}</section>`;
}

/** It scrolls by itself where the screen is narrow. */
function toTable(caption: string, rows: readonly string[], name = ''): string {
  return `<div class="wide"><table${name && ` class="${name}"`}><caption>${toText(caption)}</caption>${rows.join('')}</table></div>`;
}

function toHead(titles: readonly string[]): string {
  return `<tr>${titles.map((title) => `<th scope="col">${toText(title)}`).join('')}`;
}

function toApartTable({ sdk, apart }: Report): string {
  if (apart.length === 0) return '';
  const rows = apart.map(({ players, figure, share, resolution, scripts }) => {
    const outside = share - resolution > APART_LIMIT;
    return `<tr${outside ? ' class="outside"' : ''}><th scope="row">${players.map(toText).join(' : ')}<td>${figure}<td>${toPercent(share)}${outside ? ' outside' : ''}<td>± ${toPercent(resolution)}<td>${scripts}`;
  });
  const head = toHead(['players', 'figure', 'apart', 'known by', 'scripts']);
  return `<section><h2>${toText(sdk.name)}: one player against another</h2>
<p>How far the figures of two players are apart beyond what the truth is, over all scripts that both played.</p>
${toTable(`${sdk.name}: players in pairs`, [head, ...rows])}</section>`;
}

function toCells(reports: readonly Report[]): string {
  const [first] = reports;
  if (first === undefined) return '';
  return first.cells
    .map((cell, i) => {
      const isSame = ({ player, scenario }: Cell) =>
        player === cell.player && scenario === cell.scenario;
      const round = first.cells.slice(0, i).filter(isSame).length;
      return toCell(
        reports,
        reports.map(({ cells }) => cells.filter(isSame)[round]),
      );
    })
    .join('\n');
}

/** `same`: what each report says of one cell, played as often. */
function toCell(reports: readonly Report[], same: readonly (Cell | undefined)[]): string {
  const [cell] = same;
  if (cell === undefined) return '';
  const columns = reports.flatMap(({ sdk }) => ['truth', sdk.name, 'difference', '±']);
  const head = toHead(['figure', 'known from', ...columns]);
  const notes = same.flatMap((one, i) => {
    if (one === undefined) return [];
    const said = toFaults(one);
    if (one.skipped !== undefined) said.push(`not played: ${one.skipped}`);
    if (one.first !== undefined) {
      said.push(`played twice; outside at the first try: ${toWrong(one.first).join(', ')}`);
    }
    return said.map((note) => `${reports[i]?.sdk.name}: ${note}`);
  });
  const isBad = same.some((one) => one !== undefined && isOutside(one));
  return `<section class="cell${isBad ? ' bad' : ''}"><h3>${toText(cell.scenario)} <small>${toText(cell.player)}</small></h3>
${notes.map((note) => `<p class="note">${toText(note)}</p>`).join('')}
${toTable(`${cell.scenario} on ${cell.player}`, [head, ...toRows(same)])}</section>`;
}

/** A row for each figure that any of the reports compares. */
function toRows(same: readonly (Cell | undefined)[]): string[] {
  const views = same.flatMap((one) => one?.views ?? []);
  const assets = [...new Set(views.map(({ asset }) => asset))];
  return assets.flatMap((asset) => {
    const ofAsset = same.map((one) => one?.views.find((view) => view.asset === asset)?.compared);
    const metrics = new Set(ofAsset.flatMap((each) => (each ?? []).map(({ metric }) => metric)));
    return [...metrics].map((metric) => {
      const found = ofAsset.map((each) => each?.find((other) => other.metric === metric));
      const outside = found.some((one) => one?.verdict === 'outside');
      const from = found.find((one) => one !== undefined)?.from ?? '';
      const name = assets.length > 1 ? `${asset}: ${METRICS[metric].title}` : METRICS[metric].title;
      return `<tr class="${outside ? 'outside' : ''}"><th scope="row">${toText(name)}<td>${from}${found.map(toColumns).join('')}`;
    });
  });
}

function toColumns(one: Compared | undefined): string {
  if (one === undefined) return '<td><td><td><td>';
  const { metric, truth, measured, difference, limit, verdict } = one;
  const { unit } = METRICS[metric];
  const show = (value: Value | undefined) =>
    value === undefined ? 'not told' : typeof value === 'string' ? value : toNumber(value, unit);
  const off = difference === undefined ? '' : `${difference > 0 ? '+' : ''}${show(difference)}`;
  const said = verdict === 'outside' ? `${off} outside`.trim() : off;
  return `<td>${toText(show(truth))}<td>${toText(show(measured))}<td class="${verdict}">${toText(said)}<td>${limit === 0 ? '' : toText(show(limit))}`;
}

function toNumber(value: number, unit: string): string {
  if (unit === 'share') return toPercent(value);
  const text = Math.round(value).toLocaleString('en');
  return unit === 'ms' ? `${text} ms` : text;
}

function toPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function toText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const SCRIPT = `const only = document.getElementById('only');
only.addEventListener('change', () => document.body.classList.toggle('only', only.checked));`;

const STYLE = `:root { color-scheme: light dark; --ink: #1b2430; --paper: #fff; --line: #d5dbe3; --bad: #b3261e; --badPaper: #fdecea; --soft: #5b6776 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --paper: #12171e; --line: #333d4a; --bad: #ff8a80; --badPaper: #3a1d1d; --soft: #9aa7b7 } }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2rem } h3 { font-size: 1rem; margin: 1.5rem 0 .25rem }
small { color: var(--soft); font-weight: normal }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: right; padding: .2rem .6rem; border-bottom: 1px solid var(--line) }
td { white-space: nowrap }
th { color: var(--soft); font-weight: 500 }
th:first-child, .cell td:nth-child(2), .cell th:nth-child(2) { text-align: left }
th[scope=row] { color: var(--ink); font-weight: normal }
caption { text-align: left; color: var(--soft); font-size: .85em }
.figures { width: auto }
.wide { overflow-x: auto }
h1, h2, h3, p, li { overflow-wrap: anywhere }
.outside td, .outside th { background: var(--badPaper) } td.outside { color: var(--bad); font-weight: 600 }
td.untold { color: var(--soft) } .note { color: var(--bad); margin: 0 }
.only .cell:not(.bad), .only .cell tr:not(.outside):not(:first-child) { display: none }`;
