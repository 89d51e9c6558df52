// Reads the media folder of the kit: an HLS master playlist of CMAF tracks, picture and sound apart,
// whose segments are numbered files. What its playlists declare is all that is known of it.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** One track: its segments and what starts them. */
export interface Track {
  /** Folder, relative to the media folder, with a slash at its end. */
  readonly folder: string;
  readonly init: string;
  readonly segments: readonly { readonly uri: string; readonly seconds: number }[];
}

export interface Rung extends Track {
  readonly bitrate: number;
  readonly width: number;
  readonly height: number;
  /** Picture and sound. */
  readonly codecs: readonly [video: string, audio: string];
  readonly frameRate: number;
}

export interface Ladder {
  /** From the least to the most. */
  readonly rungs: readonly Rung[];
  readonly sound: Track;
  /** Bounds of every segment's length, s. */
  readonly targetS: number;
  readonly durationS: number;
}

/** How much later than its place the media time of a segment is, whole seconds, by its number. */
export type Lateness = (segment: number) => number;

/** @throws Error where the folder holds something else. */
export async function readLadder(folder: string): Promise<Ladder> {
  const master = await readFile(join(folder, 'master.m3u8'), 'utf8');
  const soundUri = /#EXT-X-MEDIA:TYPE=AUDIO.*URI="([^"]+)"/.exec(master)?.[1];
  const variants = [...master.matchAll(/#EXT-X-STREAM-INF:(.+)\n(.+)/g)];
  if (soundUri === undefined || variants.length === 0) {
    throw new Error(`Expected variants and one audio rendition in ${folder}/master.m3u8.`);
  }
  const sound = await readTrack(folder, soundUri);
  const rungs = await Promise.all(
    variants.map(async ([, attributes = '', uri = '']) => {
      const [width = 0, height = 0] = (read(attributes, 'RESOLUTION') ?? '').split('x').map(Number);
      const [video = '', audio = ''] = (read(attributes, 'CODECS') ?? '').split(',');
      return {
        ...(await readTrack(folder, uri)),
        bitrate: Number(read(attributes, 'BANDWIDTH')),
        width,
        height,
        codecs: [video, audio] as const,
        frameRate: Number(read(attributes, 'FRAME-RATE') ?? 25),
      };
    }),
  );
  rungs.sort((a, b) => a.bitrate - b.bitrate);
  const lengths = rungs[0]?.segments.map(({ seconds }) => seconds) ?? [];
  return {
    rungs,
    sound,
    targetS: Math.ceil(Math.max(...lengths)),
    durationS: lengths.reduce((sum, seconds) => sum + seconds, 0),
  };
}

/** The middle rung: what is played where only one is offered. */
export function middleOf({ rungs }: Ladder): Rung {
  const rung = rungs[Math.floor(rungs.length / 2)];
  if (rung === undefined) throw new Error('The ladder has no rung.');
  return rung;
}

/** What is declared of each segment, s: it lasts until the next one begins. */
export function toLengths({ segments }: Track, lateS: Lateness): number[] {
  return segments.map(({ seconds }, i) => seconds + lateS(i + 1) - lateS(i));
}

async function readTrack(folder: string, uri: string): Promise<Track> {
  const text = await readFile(join(folder, uri), 'utf8');
  const init = /#EXT-X-MAP:URI="([^"]+)"/.exec(text)?.[1];
  const segments = [...text.matchAll(/#EXTINF:([0-9.]+),.*\n(.+)/g)].map(
    ([, seconds, segment = '']) => ({ uri: segment, seconds: Number(seconds) }),
  );
  if (init === undefined || segments.length === 0) {
    throw new Error(`Expected a map and segments in ${folder}/${uri}.`);
  }
  return { folder: `${dirname(uri)}/`, init, segments };
}

function read(attributes: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|,)${name}=(?:"([^"]*)"|([^,]*))`).exec(attributes);
  return match?.[1] ?? match?.[2];
}
