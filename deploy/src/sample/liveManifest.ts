// The sample as a live DASH stream: one Period a turn of the VOD, told by the wall clock alone, as
// the live HLS playlist is. It knows of segments only what the VOD manifest says.

/** What one turn of the loop is made of. */
export interface Turn {
  /** The VOD's adaptation sets, as they stand in its manifest. */
  readonly sets: string;
  readonly turnMs: number;
}

/** As much as the live HLS playlist lists: 10 × 2 s. */
const WINDOW_MS = 20_000;
/** Behind the live edge: three segments, as HLS players stay by default. */
const DELAY_S = 6;
/** The next turn is listed before it begins, so that this may be rare. */
const UPDATE_S = 10;

/**
 * The manifest at `now` (epoch ms). Time is counted from 1970, so that a turn's Period has one
 * start for ever; its segments are numbered anew from 0 (ISO/IEC 23009-1 §5.3.9.5.3: a segment is
 * available once it has wholly been broadcast).
 */
export function toLiveManifest({ sets, turnMs }: Turn, now: number): string {
  const first = Math.floor((now - WINDOW_MS) / turnMs);
  const next = Math.floor(now / turnMs) + 1;
  const seconds = (ms: number) => `PT${ms / 1000}S`;
  const periods: string[] = [];
  for (let turn = first; turn <= next; turn += 1) {
    const times = `start="${seconds(turn * turnMs)}" duration="${seconds(turnMs)}"`;
    periods.push(`  <Period id="${turn}" ${times}>${sets}</Period>`);
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011"',
    `  type="dynamic" availabilityStartTime="1970-01-01T00:00:00Z" publishTime="${toIso(now)}"`,
    `  minimumUpdatePeriod="PT${UPDATE_S}S" timeShiftBufferDepth="${seconds(WINDOW_MS)}"`,
    `  suggestedPresentationDelay="PT${DELAY_S}S" minBufferTime="PT2S">`,
    '  <BaseURL>../vod/</BaseURL>',
    ...periods,
    `  <UTCTiming schemeIdUri="urn:mpeg:dash:utc:direct:2014" value="${toIso(now)}"/>`,
    '</MPD>\n',
  ].join('\n');
}

/** Reads the one Period of the sample's VOD manifest. */
export function readTurn(manifest: string): Turn {
  const sets = /<Period[^>]*>([\s\S]*)<\/Period>/.exec(manifest)?.[1];
  const seconds = /mediaPresentationDuration="PT([0-9]+)S"/.exec(manifest)?.[1];
  if (sets === undefined || seconds === undefined) {
    throw new Error('the sample manifest has no period, or no duration in whole seconds');
  }
  return { sets, turnMs: Number(seconds) * 1000 };
}

function toIso(ms: number): string {
  return new Date(ms).toISOString();
}
