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

/** As createSlice(). */
export const createSummary = (): Summary => ({
  rev: 0,
  ctx: 0,
  clock: 0,
  start: 0,
  last: 0,
  slices: 0,
  events: 0,
  startingMs: 0,
  playingMs: 0,
  stalledMs: 0,
  seekingMs: 0,
  pausedMs: 0,
  adMs: 0,
  suspendedMs: 0,
  hiddenMs: 0,
  mediaMs: 0,
  bits: 0,
  ratedMediaMs: 0,
  stalls: 0,
  seeks: 0,
  seekLatencyMs: 0,
  seeksTimed: 0,
  switchesUp: 0,
  switchesDown: 0,
  framesDropped: 0,
  framesRendered: 0,
  requests: 0,
  requestFailures: 0,
  bytes: 0,
  liveLatencyMsMs: 0,
  liveLatencyMs: 0,
  bufferMsMs: 0,
  bufferMs: 0,
  upscalePercentMs: 0,
  downscalePercentMs: 0,
  scaleMs: 0,
  upscaleMax: 0,
  attempts: 0,
  starts: 0,
  contentStarts: 0,
  startups: 0,
  startupMs: 0,
  contentStartups: 0,
  contentStartupMs: 0,
  startFailures: 0,
  startFailuresBusiness: 0,
  playFailures: 0,
  playFailuresBusiness: 0,
  exits: 0,
  exitsBeforeStart: 0,
  waitedMs: 0,
  exitKind: 0,
  endState: 0,
  errorCode: '',
  ranges: [],
  furthest: 0,
  uniqueMs: 0,
  quartiles: 0,
  adBreaks: 0,
  ads: 0,
  adsCompleted: 0,
  adErrors: 0,
});

export const EMPTY_SUMMARY: Summary = /* @__PURE__ */ createSummary();

export function encodeSummary(summary: Summary): Cell[] {
  return encodeRow(EMPTY_SUMMARY, summary);
}

export function decodeSummary(cells: readonly Cell[]): Summary {
  return decodeRow(SUMMARY_POSITIONS, cells);
}
