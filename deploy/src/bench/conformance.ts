// `bench conformance`: the conformance kit on five players in a browser, with an account of every cell; the
// whole report as JSON and as a page. It takes an hour and wants a quiet machine.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  BROWSERS,
  LIMITS,
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
  toSentence,
  toSkipped,
} from '@retour/player-sdk/conformance';
import { browserPath } from '../repository/bringTools.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const SDKS: readonly SdkUnderTest[] = [retourSdk, muxEmbedSdk];

export const conformanceBench: Bench = {
  takes: ['browser', 'players', 'scenarios', 'rounds', 'sdk', 'report'],
  limits: [
    { figure: 'outsideShare', atMost: LIMITS.outsideShare },
    { figure: 'worstApartBeyond', atMost: LIMITS.apart },
  ],
  run,
};

async function run(say: (line: string) => void, options: BenchOptions): Promise<Figures> {
  const sdks = pick(SDKS, options.sdk ?? retourSdk.name, 'an SDK');
  const players = pick(PLAYERS, options.players, 'a player');
  const scenarios = pick(SCENARIOS, options.scenarios, 'a scenario');
  const [browser = 'chromium', second] = pick(BROWSERS, options.browser ?? 'chromium', 'a browser');
  if (second !== undefined) throw new Error(`Expected one browser, came "${options.browser}".`);
  const rounds = Number(options.rounds ?? 1);
  if (!(Number.isInteger(rounds) && rounds > 0)) {
    throw new Error(`Expected a number of rounds, came "${options.rounds}".`);
  }
  const folder = options.report ?? join(ROOT, '.retour/conformance');
  await mkdir(folder, { recursive: true }); // Before an hour of play.
  const page = join(folder, `conformance-${browser}.html`);
  const reports: Report[] = [];
  for (const sdk of sdks) {
    say(
      `${sdk.name} ${sdk.version} in ${browser}: ${scenarios.length} scenarios, ${players.length} players`,
    );
    const played = await runConformance({
      ...{ browser, browserPath: browserPath(browser), sdk, players, scenarios, rounds },
      media: join(ROOT, 'deploy/sample/media/vod'),
      replays: true,
      onCell: (cell) => say(toLine(cell)),
    });
    const report = toReport(played, { sdk, at: Date.now(), caveats: sdk.caveats ?? {} });
    reports.push(report);
    const [first = report, ...others] = reports;
    const data = join(folder, `conformance-${browser}-${sdk.name}.json`);
    await writeWhole(data, `${JSON.stringify(report, null, 1)}\n`);
    await writeWhole(page, toHtml(first, others));
  }
  for (const report of reports) {
    const tables = [toSentence, toMatrix, toOutside, toSkipped, toFurthest, toPairs];
    say(`\n${report.sdk.name}\n${tables.map((toTable) => toTable(report)).join('\n\n')}`);
  }
  say(`\nThe report: ${page}`);
  const [first] = reports; // The others stand beside it.
  if (first === undefined) throw new Error('Expected an SDK to test.');
  return { ...first.figures };
}

/** Whoever reads the file meanwhile finds the one before it. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.draft`;
  await writeFile(draft, text);
  await rename(draft, file);
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
    throw new Error(`Expected ${what} (${known}), came "${name}".`);
  });
}
