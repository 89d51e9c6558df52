// `bench conformance`: the conformance kit on five players in a browser, with an account of every cell; the
// whole report as JSON and as a page. It takes an hour and wants a quiet machine.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  BROWSERS,
  muxEmbedSdk,
  PLAYERS,
  type Report,
  retourSdk,
  runConformance,
  SCENARIOS,
  type SdkUnderTest,
  toFurthest,
  toHtml,
  toLine,
  toMatrix,
  toOutside,
  toPairs,
  toReport,
  toSkipped,
} from '@retour/player-sdk/conformance';
import { browserPath } from '../repository/bringTools.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Of the cells, at most this share may be outside. */
const OUTSIDE_SHARE = 0.05;

const SDKS: readonly SdkUnderTest[] = [retourSdk, muxEmbedSdk];

export const conformanceBench: Bench = {
  takes: ['browser', 'players', 'scenarios', 'rounds', 'sdk', 'report'],
  run,
};

async function run(say: (line: string) => void, options: BenchOptions): Promise<Figures> {
  const sdks = pick(SDKS, options.sdk ?? retourSdk.name, 'SDK');
  const players = pick(PLAYERS, options.players, 'player');
  const scenarios = pick(SCENARIOS, options.scenarios, 'scenario');
  const [browser = 'chromium', second] = pick(BROWSERS, options.browser ?? 'chromium', 'browser');
  if (second !== undefined) throw new Error(`Expected one browser, came "${options.browser}".`);
  const rounds = Number(options.rounds ?? 1);
  if (!(Number.isInteger(rounds) && rounds > 0)) {
    throw new Error(`Expected a number of rounds, came "${options.rounds}".`);
  }
  const folder = options.report ?? join(ROOT, '.retour/conformance');
  const reports: Report[] = [];
  for (const sdk of sdks) {
    say(
      `${sdk.name} ${sdk.version} in ${browser}: ${scenarios.length} scenarios, ${players.length} players`,
    );
    const cells = await runConformance({
      ...{ browser, browserPath: browserPath(browser), sdk, players, scenarios, rounds },
      media: join(ROOT, 'deploy/sample/media/vod'),
      replays: true,
      onCell: (cell) => say(toLine(cell)),
    });
    reports.push(toReport(cells, { sdk, at: Date.now(), caveats: sdk.caveats ?? {} }));
  }
  const [first, ...others] = reports;
  if (first === undefined) throw new Error('Expected an SDK to test.');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'conformance.json'), `${JSON.stringify(reports, null, 1)}\n`);
  await writeFile(join(folder, 'conformance.html'), toHtml(first, others));
  for (const report of reports) {
    const tables = [toMatrix, toOutside, toSkipped, toFurthest, toPairs];
    say(`\n${report.sdk.name}\n${tables.map((toTable) => toTable(report)).join('\n\n')}`);
  }
  say(`\nThe report: ${join(folder, 'conformance.html')}`);
  if (first.figures.outsideShare > OUTSIDE_SHARE) process.exitCode = 1;
  return { ...first.figures };
}

/** Those that a list of names names; all without one. @throws Error for a name that is none. */
function pick<T extends string | { readonly name: string }>(
  all: readonly T[],
  names: string | undefined,
  what: string,
): readonly T[] {
  if (names === undefined) return all;
  return names.split(',').map((name) => {
    const found = all.find((one) => (typeof one === 'string' ? one : one.name) === name);
    if (found !== undefined) return found;
    const known = all.map((one) => (typeof one === 'string' ? one : one.name)).join(', ');
    throw new Error(`Expected a ${what} (${known}), came "${name}".`);
  });
}
