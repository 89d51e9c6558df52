// The kit's HLS: masters with one rung or all of them, and live playlists of the VOD segments, told by
// the clock alone.
import { type Ladder, type Lateness, type Rung, type Track, toLengths } from './ladder.ts';
import { type Channel, toWindow } from './liveWindow.ts';

/** `uriOf`: where the playlist of a track is. */
export function toMaster(
  { sound }: Ladder,
  rungs: readonly Rung[],
  uriOf: (track: Track) => string,
): string {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Sound",DEFAULT=YES,AUTOSELECT=YES,URI="${uriOf(sound)}"`,
  ];
  for (const rung of rungs) {
    const { bitrate, width, height, frameRate, codecs } = rung;
    lines.push(
      `#EXT-X-STREAM-INF:BANDWIDTH=${bitrate},RESOLUTION=${width}x${height},FRAME-RATE=${frameRate.toFixed(3)},CODECS="${codecs.join(',')}",AUDIO="sound"`,
      uriOf(rung),
    );
  }
  return `${lines.join('\n')}\n`;
}

export function toVodPlaylist(track: Track, lateS: Lateness): string {
  const lines = [
    ...toHead(track),
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXT-X-MAP:URI="${track.init}"`,
  ];
  const lengths = toLengths(track, lateS);
  track.segments.forEach(({ uri }, i) => {
    lines.push(`#EXTINF:${lengths[i]?.toFixed(6)},`, uri);
  });
  return `${[...lines, '#EXT-X-ENDLIST'].join('\n')}\n`;
}

/** The window at `now`, with the wall clock of each segment (RFC 8216 §4.3.2.6). */
export function toLivePlaylist(track: Track, prefix: string, channel: Channel): string {
  const { first, segments, over } = toWindow(track, channel);
  const lines = [
    ...toHead(track),
    `#EXT-X-MEDIA-SEQUENCE:${first}`,
    ...(channel.keepsAll ? ['#EXT-X-PLAYLIST-TYPE:EVENT'] : []),
    `#EXT-X-MAP:URI="${prefix}${track.init}"`,
  ];
  for (const { uri, seconds, startMs } of segments) {
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(startMs).toISOString()}`);
    lines.push(`#EXTINF:${seconds.toFixed(6)},`, prefix + uri);
  }
  if (over) lines.push('#EXT-X-ENDLIST');
  return `${lines.join('\n')}\n`;
}

function toHead({ segments }: Track): string[] {
  const longest = Math.max(...segments.map(({ seconds }) => seconds));
  return ['#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${Math.round(longest)}`];
}
