// The cells as one report: how many are outside and by how much, and how far the players are apart from
// each other beyond what the truth is. Pure.
import {
  type Compared,
  DURATION_LIMIT_MS,
  METRICS,
  type Metric,
  STARTUP_LIMIT_MS,
  WIDEST_LIMIT_MS,
} from '../metrics.ts';
import type { PlayerName } from '../page/pageSdk.ts';
import type { Cell } from '../runCell.ts';
import { APART_LIMIT, type Apart, toApart } from './toApart.ts';

/** The cells, and what they were played on. */
export interface Run {
  readonly browser: { readonly name: string; readonly version: string };
  /** Of each player its version. */
  readonly players: Readonly<Partial<Record<PlayerName, string>>>;
  /** How often each cell was played. */
  readonly rounds: number;
  readonly cells: readonly Cell[];
}

/** Also the form of the report's JSON; what changes its meaning changes `schema`. */
export interface Report extends Run {
  readonly schema: 1;
  readonly sdk: { readonly name: string; readonly version: string };
  /** Epoch ms. */
  readonly at: number;
  readonly limits: typeof LIMITS;
  readonly figures: Figures;
  readonly apart: readonly Apart[];
  /** By metric: where the SDK's definition is another one. */
  readonly caveats: Partial<Record<Metric, string>>;
}

/** Of the cells, at most this share may be outside. */
const OUTSIDE_LIMIT = 0.05;

export const LIMITS = {
  startupMs: STARTUP_LIMIT_MS,
  durationMs: DURATION_LIMIT_MS,
  widestMs: WIDEST_LIMIT_MS,
  outsideShare: OUTSIDE_LIMIT,
  apart: APART_LIMIT,
} as const;

/** Of the cells as they stand; of those that were played twice, the second try. */
export interface Figures {
  readonly cells: number;
  readonly cellsOutside: number;
  /** 1 where nothing was played. */
  readonly outsideShare: number;
  readonly figures: number;
  readonly figuresOutside: number;
  /** The truth is known, the SDK tells nothing. */
  readonly figuresUntold: number;
  readonly countErrors: number;
  readonly worstStartupMs: number;
  readonly worstStallMs: number;
  readonly worstPlayingMs: number;
  /** Of two players, see Apart: a share, as it stands, and less what the truth itself may be off by. */
  readonly worstApart: number;
  readonly worstApartBeyond: number;
  /** What the furthest known truth lets a duration be off by. */
  readonly widestLimitMs: number;
  /** Outside at the first try, and not at the second. */
  readonly outsideOnce: number;
  /** Beside `cells`: what a player cannot play. */
  readonly skipped: number;
}

export interface ReportOptions {
  readonly sdk: { readonly name: string; readonly version: string };
  readonly at: number;
  readonly caveats?: Partial<Record<Metric, string>>;
}

export function toReport(run: Run, { sdk, at, caveats = {} }: ReportOptions): Report {
  const { browser, players, rounds, cells } = run;
  const all = cells.flatMap(({ views }) => views.flatMap(({ compared }) => compared));
  const played = cells.filter(({ skipped }) => skipped === undefined);
  const outside = all.filter(({ verdict }) => verdict === 'outside');
  const cellsOutside = cells.filter(isOutside).length;
  const worst = (metric: Metric) =>
    Math.max(0, ...all.filter((one) => one.metric === metric).map(toDistance));
  const apart = toApart(cells);
  const durations = all.filter(({ metric }) => METRICS[metric].unit === 'ms');
  return {
    schema: 1,
    sdk: { name: sdk.name, version: sdk.version },
    ...{ at, browser, players, rounds, limits: LIMITS, caveats },
    figures: {
      cells: played.length,
      cellsOutside,
      outsideShare: played.length === 0 ? 1 : cellsOutside / played.length,
      figures: all.length,
      figuresOutside: outside.length,
      figuresUntold: all.filter(({ verdict }) => verdict === 'untold').length,
      countErrors: outside.filter(({ metric }) => METRICS[metric].unit === 'count').length,
      worstStartupMs: worst('startupMs'),
      worstStallMs: worst('stalledMs'),
      worstPlayingMs: worst('playingMs'),
      worstApart: Math.max(0, ...apart.map(({ share }) => share)),
      worstApartBeyond: Math.max(0, ...apart.map(({ share, resolution }) => share - resolution)),
      widestLimitMs: Math.max(0, ...durations.map(({ limit }) => limit)),
      outsideOnce: cells.filter((cell) => cell.first !== undefined && !isOutside(cell)).length,
      skipped: cells.length - played.length,
    },
    apart,
    cells,
  };
}

/** One of its figures is, or something else was wrong, or it could not be played. */
export function isOutside({ views, failed, errors, vague }: Cell): boolean {
  if (failed !== undefined || vague !== undefined || errors.length > 0) return true;
  return views.some(({ compared }) => compared.some(({ verdict }) => verdict === 'outside'));
}

/** Whether a busy machine may have done it: it spoils durations and scripts, but makes nobody count or name wrongly. */
export function isExcusable({ views, failed, errors }: Cell): boolean {
  if (failed !== undefined || errors.length > 0) return false;
  const outside = views
    .flatMap(({ compared }) => compared)
    .filter(({ verdict }) => verdict === 'outside');
  return outside.every(
    ({ metric, measured }) => METRICS[metric].unit === 'ms' && measured !== undefined,
  );
}

function toDistance({ difference = 0 }: Compared): number {
  return Math.abs(difference);
}
