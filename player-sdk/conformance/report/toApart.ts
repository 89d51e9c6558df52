// How far an SDK's figures of two players are apart, beyond what the truth of the two is, over all
// scripts that both have played: sums over sums, as a service would compare its players. Pure.
import type { Compared, Metric } from '../metrics.ts';
import type { PlayerName } from '../page/pageSdk.ts';
import type { Cell } from '../runCell.ts';

export const APART_FIGURES = ['watched', 'startup', 'rebuffering'] as const;

/** What two players may differ by beyond the truth. */
export const APART_LIMIT = 0.02;

export interface Apart {
  readonly players: readonly [PlayerName, PlayerName];
  readonly figure: (typeof APART_FIGURES)[number];
  /** (measured of the one ÷ measured of the other) ÷ (truth ÷ truth), less 1; its size. */
  readonly share: number;
  /** What the truth itself may be off by, as a share: the resolutions of its parts, as they add up. */
  readonly resolution: number;
  /** Scripts that both played. */
  readonly scripts: number;
}

/** Watched time (CTA-2066): from the request on, less pauses. */
const WATCHED = ['startupMs', 'playingMs', 'stalledMs', 'seekingMs'] as const;

interface Sums {
  truth: number;
  measured: number;
  /** Of the squares of the resolutions. */
  variance: number;
}

export function toApart(cells: readonly Cell[]): Apart[] {
  const players = [...new Set(cells.map(({ player }) => player))];
  return players.flatMap((one, i) =>
    players.slice(i + 1).flatMap((other) => compareTwo(cells, [one, other])),
  );
}

function compareTwo(cells: readonly Cell[], players: readonly [PlayerName, PlayerName]): Apart[] {
  const [ones, others] = players.map((player) =>
    cells.filter((cell) => cell.player === player && cell.views.length > 0),
  );
  const shared = (ones ?? []).filter(({ scenario }) =>
    others?.some((other) => other.scenario === scenario),
  );
  const names = new Set(shared.map(({ scenario }) => scenario));
  const partsOf = (player: PlayerName) =>
    cells
      .filter((cell) => cell.player === player && names.has(cell.scenario))
      .flatMap(({ views }) => views.flatMap(({ compared }) => compared));
  const [a, b] = [partsOf(players[0]), partsOf(players[1])];
  return APART_FIGURES.flatMap((figure) => {
    const [x, y] = [toFigure(a, figure), toFigure(b, figure)];
    if (x === undefined || y === undefined) return [];
    const [told, other] = [x.measured / x.truth, y.measured / y.truth];
    // Whoever tells nothing of what there was is wholly apart from whoever tells some.
    const share = told === other ? 0 : other === 0 ? 1 : Math.abs(told / other - 1);
    const resolution = Math.hypot(x.resolution, y.resolution);
    return [{ players, figure, share, resolution, scripts: names.size }];
  });
}

function toFigure(parts: readonly Compared[], figure: Apart['figure']) {
  const watched = sum(parts, WATCHED);
  const startup = sum(parts, ['startupMs']);
  const stalled = sum(parts, ['stalledMs']);
  const of = figure === 'watched' ? watched : figure === 'startup' ? startup : stalled;
  if (of.truth === 0) return undefined;
  const resolution = Math.sqrt(of.variance) / of.truth;
  if (figure !== 'rebuffering') return { ...of, resolution };
  return {
    truth: stalled.truth / watched.truth,
    measured: stalled.measured / watched.measured,
    resolution,
  };
}

function sum(parts: readonly Compared[], metrics: readonly Metric[]): Sums {
  const sums: Sums = { truth: 0, measured: 0, variance: 0 };
  for (const { metric, truth, measured, resolution } of parts) {
    if (!metrics.includes(metric)) continue;
    if (typeof truth !== 'number' || typeof measured !== 'number') continue;
    sums.truth += truth;
    sums.measured += measured;
    sums.variance += resolution ** 2;
  }
  return sums;
}
