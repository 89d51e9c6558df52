// The kit's DASH: the same tracks as its HLS, as one manifest; on demand and live.
import { type Ladder, type Lateness, type Rung, type Track, toLengths } from './ladder.ts';
import { type Channel, WINDOW_S } from './liveWindow.ts';

/** Of the timelines: microseconds, so that every length of a playlist is whole. */
const TIMESCALE = 1_000_000;

export interface DashOptions {
  readonly rungs: readonly Rung[];
  /** In front of the tracks' folders. */
  readonly prefix: string;
}

export function toVodManifest(
  ladder: Ladder,
  { lateS, ...options }: DashOptions & { readonly lateS: Lateness },
): string {
  const duration = `mediaPresentationDuration="PT${ladder.durationS.toFixed(3)}S"`;
  return toManifest(ladder, options, {
    attributes: `type="static" ${duration}`,
    template: (track) => toTimeline(track, lateS),
  });
}

export function toLiveManifest(
  ladder: Ladder,
  options: DashOptions,
  { startedAt, now, keepsAll }: Channel,
): string {
  const attributes = [
    'type="dynamic"',
    `availabilityStartTime="${new Date(startedAt).toISOString()}"`,
    `publishTime="${new Date(startedAt).toISOString()}"`,
    `minimumUpdatePeriod="PT${ladder.targetS}S"`,
    ...(keepsAll ? [] : [`timeShiftBufferDepth="PT${WINDOW_S}S"`]),
    `suggestedPresentationDelay="PT${ladder.targetS * 3}S"`,
  ].join(' ');
  return toManifest(ladder, options, {
    attributes,
    template: () => ({
      attributes: `timescale="1000" duration="${ladder.targetS * 1000}" startNumber="0"`,
    }),
    clock: `<UTCTiming schemeIdUri="urn:mpeg:dash:utc:direct:2014" value="${new Date(now).toISOString()}"/>`,
  });
}

interface Shape {
  readonly attributes: string;
  readonly template: (track: Track) => Template;
  readonly clock?: string;
}

/** A SegmentTemplate: its attributes but for the names, and what stands within it. */
interface Template {
  readonly attributes: string;
  readonly timeline?: string;
}

function toManifest(
  { sound, targetS }: Ladder,
  { rungs, prefix }: DashOptions,
  { attributes, template, clock = '' }: Shape,
): string {
  const templateOf = (track: Track) => {
    const { attributes: times, timeline = '' } = template(track);
    const [media, init] = ['$Number%03d$.m4s', track.init].map(
      (name) => prefix + track.folder + name,
    );
    return `<SegmentTemplate ${times} media="${media}" initialization="${init}">${timeline}</SegmentTemplate>`;
  };
  const video = rungs.map(
    (rung, i) =>
      `<Representation id="v${i}" codecs="${rung.codecs[0]}" bandwidth="${rung.bitrate}" width="${rung.width}" height="${rung.height}" frameRate="${rung.frameRate}">${templateOf(rung)}</Representation>`,
  );
  const audio = `<Representation id="a" codecs="${rungs[0]?.codecs[1]}" bandwidth="48000" audioSamplingRate="48000">${templateOf(sound)}</Representation>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" minBufferTime="PT${targetS}S" ${attributes}>
<Period id="0" start="PT0S">
<AdaptationSet id="0" contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1">${video.join('')}</AdaptationSet>
<AdaptationSet id="1" contentType="audio" mimeType="audio/mp4" lang="und" segmentAlignment="true" startWithSAP="1">${audio}</AdaptationSet>
</Period>
${clock}</MPD>
`;
}

function toTimeline(track: Track, lateS: Lateness): Template {
  const shift = lateS(0) * TIMESCALE;
  const [first, ...rest] = toLengths(track, lateS).map((seconds, i) => {
    const d = Math.round(seconds * TIMESCALE);
    return i === 0 ? `<S t="${shift}" d="${d}"/>` : `<S d="${d}"/>`;
  });
  return {
    attributes: `timescale="${TIMESCALE}" startNumber="0" presentationTimeOffset="${shift}"`,
    timeline: `<SegmentTimeline>${first}${rest.join('')}</SegmentTimeline>`,
  };
}
