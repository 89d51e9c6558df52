// The summary: a view's running totals and milestones. Each revision replaces the one before.
import { type Cell, decodeRow, encodeRow, type RowOf } from './positions.ts';

/** The positions of a summary, contract version 1. Append only, like SLICE_POSITIONS. */
export const SUMMARY_POSITIONS = [
  ['rev', 'level'],
  ['ctx', 'level'],
  ['clock', 'code'], // index in CLOCKS
  ['start', 'time'], // corrected time of the playback request: the view belongs to its minute
  ['last', 'time'], // corrected time up to which these totals hold
  ['slices', 'level'], // slices made so far: their numbers are 0 … slices − 1
  ['events', 'level'], // events made so far: their seq are 0 … events − 1
  // Totals, named and counted as in the slice.
  ['startingMs', 'ms'],
  ['playingMs', 'ms'],
  ['stalledMs', 'ms'],
  ['seekingMs', 'ms'],
  ['pausedMs', 'ms'],
  ['adMs', 'ms'],
  ['suspendedMs', 'ms'],
  ['hiddenMs', 'ms'],
  ['mediaMs', 'ms'],
  ['bits', 'bits'],
  ['ratedMediaMs', 'ms'],
  ['stalls', 'count'],
  ['seeks', 'count'],
  ['seekLatencyMs', 'ms'],
  ['seeksTimed', 'count'],
  ['switchesUp', 'count'],
  ['switchesDown', 'count'],
  ['framesDropped', 'count'],
  ['framesRendered', 'count'],
  ['requests', 'count'],
  ['requestFailures', 'count'],
  ['bytes', 'bytes'],
  ['liveLatencyMsMs', 'count'],
  ['liveLatencyMs', 'ms'],
  ['bufferMsMs', 'count'],
  ['bufferMs', 'ms'],
  ['upscalePercentMs', 'count'],
  ['downscalePercentMs', 'count'],
  ['scaleMs', 'ms'],
  ['upscaleMax', 'level'],
  // Milestones.
  ['attempts', 'count'],
  ['starts', 'count'],
  ['contentStarts', 'count'],
  ['startups', 'count'],
  ['startupMs', 'ms'],
  ['contentStartups', 'count'],
  ['contentStartupMs', 'ms'],
  ['startFailures', 'count'],
  ['startFailuresBusiness', 'count'],
  ['playFailures', 'count'],
  ['playFailuresBusiness', 'count'],
  ['exits', 'count'],
  ['exitsBeforeStart', 'count'],
  ['waitedMs', 'ms'],
  ['exitKind', 'code'], // index in EXIT_KINDS
  ['endState', 'code'], // index in PLAY_STATES: the state at `last`
  ['errorCode', 'text'], // of the fatal error
  // Where in the content.
  ['ranges', 'list'], // WatchedSpan, in play order; merged when full, so that rewatching counts
  ['furthest', 'level'], // furthest content position watched, ms
  ['uniqueMs', 'ms'], // content seen at least once
  ['quartiles', 'code'], // bits 0–3: 25, 50, 75, 95 % of the content seen at least once
  // Ads.
  ['adBreaks', 'count'],
  ['ads', 'count'], // impressions: at least one frame seen
  ['adsCompleted', 'count'],
  ['adErrors', 'count'],
] as const;

/** A summary, decoded: every position present. */
export type Summary = RowOf<typeof SUMMARY_POSITIONS>;

/** A span of content and how many times it was watched; times is 1 until spans had to be merged. */
export type WatchedSpan = readonly [fromMs: number, toMs: number, times: number];

/** The bits of `quartiles`, in order: share of the content, in %. */
export const QUARTILES = [25, 50, 75, 95] as const;

export function encodeSummary(summary: Summary): Cell[] {
  return encodeRow(SUMMARY_POSITIONS, summary);
}

export function decodeSummary(cells: readonly Cell[]): Summary {
  return decodeRow(SUMMARY_POSITIONS, cells);
}
