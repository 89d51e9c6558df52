// The cells as one report: how many are outside and by how much, and how far the players are apart from
// each other beyond what the truth is. Pure.
import { type Compared, METRICS, type Metric } from '../metrics.ts';
import type { Cell } from '../runCell.ts';
import { type Apart, toApart } from './toApart.ts';

export interface Report {
  readonly sdk: { readonly name: string; readonly version: string };
  /** Epoch ms. */
  readonly at: number;
  readonly cells: readonly Cell[];
  readonly figures: Figures;
  readonly apart: readonly Apart[];
  /** By metric: where the SDK's definition is another one. */
  readonly caveats: Partial<Record<Metric, string>>;
}

/** A cell is outside when one of its figures is, when its page threw, or when it could not be played. */
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
  readonly replayed: number;
  /** Beside `cells`: what a player cannot play. */
  readonly skipped: number;
}

export interface ReportOptions {
  readonly sdk: { readonly name: string; readonly version: string };
  readonly at: number;
  readonly caveats?: Partial<Record<Metric, string>>;
}

export function toReport(cells: readonly Cell[], { sdk, at, caveats = {} }: ReportOptions): Report {
  const all = cells.flatMap(({ views }) => views.flatMap(({ compared }) => compared));
  const played = cells.filter(({ skipped }) => skipped === undefined);
  const outside = all.filter(({ verdict }) => verdict === 'outside');
  const cellsOutside = cells.filter(isOutside).length;
  const worst = (metric: Metric) =>
    Math.max(0, ...all.filter((one) => one.metric === metric).map(toDistance));
  const apart = toApart(cells);
  return {
    sdk: { name: sdk.name, version: sdk.version },
    at,
    cells,
    caveats,
    apart,
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
      replayed: cells.filter(({ replayed }) => replayed).length,
      skipped: cells.length - played.length,
    },
  };
}

export function isOutside({ views, failed, errors }: Cell): boolean {
  if (failed !== undefined || errors.length > 0) return true;
  return views.some(({ compared }) => compared.some(({ verdict }) => verdict === 'outside'));
}

function toDistance({ difference = 0 }: Compared): number {
  return Math.abs(difference);
}
