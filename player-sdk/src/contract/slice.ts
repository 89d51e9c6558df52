// The slice: at most 10 s of a view's wall-clock time, with its counters. Slices never straddle
// 10 s of the corrected clock. Every measure is an integer, so that sums are exact in any order.
import { type Cell, decodeRow, encodeRow, type RowOf } from './positions.ts';

/** The grid that slices are cut on, in ms of corrected time. */
export const CELL_MS = 10_000;

/** Cuts allowed within one cell; after them the pathway reads `mixed` until the cell ends. */
export const CUTS_PER_CELL = 4;

export const MIXED = 'mixed';

/**
 * The positions of a slice, contract version 1. Append only: a position's name, kind and meaning
 * never change and none is removed (`contract/compatibility.test.ts` enforces it).
 */
export const SLICE_POSITIONS = [
  // Identity. (property, view, k) is the row's key; revision, then content, decides which one stays.
  ['k', 'level'], // number of the slice in its view, from 0
  ['rev', 'level'], // revision of this slice, from 0
  ['start', 'time'], // corrected start; part of the identity, frozen at the first uncertain send
  ['ctx', 'level'], // revision of the context that it was made under
  ['clock', 'code'], // index in CLOCKS
  ['open', 'code'], // 1 while the slice still grows (sent early, in an urgent beacon)
  ['durationMs', 'ms'], // wall time covered: the sum of the seven states below
  // Wall time by state.
  ['startingMs', 'ms'],
  ['playingMs', 'ms'],
  ['stalledMs', 'ms'],
  ['seekingMs', 'ms'],
  ['pausedMs', 'ms'],
  ['adMs', 'ms'],
  ['suspendedMs', 'ms'], // the device slept or the tab was frozen
  ['hiddenMs', 'ms'], // an overlay: part of the states above, never added to them
  // Playback.
  ['mediaMs', 'ms'], // content time played, whatever the speed (CTA-2066 Media Time)
  ['bits', 'bits'], // declared bitrate × media time (CTA-2066 bitsPlayed)
  ['ratedMediaMs', 'ms'], // the part of mediaMs whose bitrate was declared
  ['stalls', 'count'], // stalls that began in this slice
  ['seeks', 'count'], // seeks by the user that began in this slice
  ['seekLatencyMs', 'ms'], // time to a moving playhead of the user's seeks that ended here
  ['seeksTimed', 'count'], // how many seeks that is
  ['switchesUp', 'count'],
  ['switchesDown', 'count'],
  ['renditions', 'list'], // RenditionTime, as [bitrate bit/s, width px, height px, playing ms]
  ['framesDropped', 'count'],
  ['framesRendered', 'count'],
  // Delivery. host and pathway are those in force; they cut the slice when they change.
  ['host', 'text'],
  ['pathway', 'text'],
  ['deliveries', 'list'], // Delivery, positional (DELIVERY_POSITIONS), one per host and pathway
  ['requests', 'count'], // the sums over deliveries
  ['requestFailures', 'count'],
  ['bytes', 'bytes'],
  // Time-weighted integrals: Σ value × ms, and the ms they cover. Averages are the quotient.
  ['liveLatencyMsMs', 'count'],
  ['liveLatencyMs', 'ms'],
  ['liveLatencyMin', 'level'],
  ['liveLatencyMax', 'level'],
  ['bufferMsMs', 'count'],
  ['bufferMs', 'ms'],
  ['bufferMin', 'level'],
  ['bufferMax', 'level'],
  ['upscalePercentMs', 'count'], // ∫ max(0, (player − source) / source) in % on the limiting axis
  ['downscalePercentMs', 'count'],
  ['scaleMs', 'ms'],
  ['upscaleMax', 'level'], // %
  ['ranges', 'list'], // content watched in this slice, in play order: [from ms, to ms]
  // Milestones, as counts, so that live figures are sums of slices.
  ['attempts', 'count'], // 1 in the slice of the playback request
  ['starts', 'count'], // 1 in the slice of the first frame, ad or content
  ['contentStarts', 'count'], // 1 in the slice of the first content frame
  ['startups', 'count'], // 1 where startupMs is valid (no seek or pause by the user before it)
  ['startupMs', 'ms'], // request → first frame of any kind
  ['contentStartups', 'count'],
  ['contentStartupMs', 'ms'], // request → first content frame, less ad time: the headline
  ['startFailures', 'count'], // fatal and technical, before the first frame
  ['startFailuresBusiness', 'count'],
  ['playFailures', 'count'], // fatal and technical, after it
  ['playFailuresBusiness', 'count'],
  ['exits', 'count'], // 1 in the slice where the view ended, for now or for good
  ['exitsBeforeStart', 'count'], // of these: no frame was seen and no fatal error was reported
  ['waitedMs', 'ms'], // time waited by an exit before start
  ['exitKind', 'code'], // index in EXIT_KINDS
  // At its end.
  ['endState', 'code'], // index in PLAY_STATES
  ['endHidden', 'code'],
  ['endPosition', 'level'], // content position, ms
] as const;

/** A slice, decoded: every position present, 0, '' or [] where nothing was sent. */
export type Slice = RowOf<typeof SLICE_POSITIONS>;

/**
 * A slice in which nothing was counted. Its keys are the table's names in the table's order
 * (a test compares them): browsers are given this instead of the table, as a build may shorten keys.
 * A copy begins with it: put into an empty object, so many keys make a hash table, ten times as slow.
 */
export const createSlice = (): Slice => ({
  k: 0,
  rev: 0,
  start: 0,
  ctx: 0,
  clock: 0,
  open: 0,
  durationMs: 0,
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
  renditions: [],
  framesDropped: 0,
  framesRendered: 0,
  host: '',
  pathway: '',
  deliveries: [],
  requests: 0,
  requestFailures: 0,
  bytes: 0,
  liveLatencyMsMs: 0,
  liveLatencyMs: 0,
  liveLatencyMin: 0,
  liveLatencyMax: 0,
  bufferMsMs: 0,
  bufferMs: 0,
  bufferMin: 0,
  bufferMax: 0,
  upscalePercentMs: 0,
  downscalePercentMs: 0,
  scaleMs: 0,
  upscaleMax: 0,
  ranges: [],
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
  endHidden: 0,
  endPosition: 0,
});

export const EMPTY_SLICE: Slice = /* @__PURE__ */ createSlice();

export function encodeSlice(slice: Slice): Cell[] {
  return encodeRow(EMPTY_SLICE, slice);
}

export function decodeSlice(cells: readonly Cell[]): Slice {
  return decodeRow(SLICE_POSITIONS, cells);
}

/** Playing time of one rendition: declared bit/s, width and height in px, ms. 0 is unknown. */
export type RenditionTime = readonly [
  bitrate: number,
  width: number,
  height: number,
  playingMs: number,
];
