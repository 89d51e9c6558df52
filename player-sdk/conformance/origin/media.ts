// What the kit's players play, by path: the folder's own files, manifests of one rung or of all, live
// channels that began at a moment, the same with shifted media times, and with a gap in them.
//
//   /media/{file}                                  as it stands
//   /media/{single|ladder}.{m3u8|mpd}              on demand
//   /media/live/{epoch ms}/{single|ladder}.{…}     live, since that moment
//   /media/event/{epoch ms}/{single|ladder}.{…}    the same, and nothing leaves its window
//   /media/shift/{seconds}/{single|ladder}.{…}     on demand, its first frame at that media time
//   /media/gap/{segment}/{single|ladder}.{…}       on demand, a second of nothing before that segment
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toLiveManifest, toVodManifest } from './dashManifests.ts';
import { toLivePlaylist, toMaster, toVodPlaylist } from './hlsManifests.ts';
import { type Ladder, type Lateness, middleOf, readLadder } from './ladder.ts';
import { type Resource, toType } from './origin.ts';
import { readTimescale, toShifted } from './shiftTimes.ts';

const GAP_S = 1;

/** Gives the resource of a path under /media/, or undefined where there is none but a file. */
export async function createMedia(
  folder: string,
): Promise<(path: string) => Promise<Resource | undefined>> {
  const ladder = await readLadder(folder);
  return async (path) => {
    const match = /^\/media\/(?:(live|event|shift|gap)\/(\d+)\/)?(.+)$/.exec(path);
    if (match === null) return undefined;
    const [, kind, number, name = ''] = match;
    const wanted = { kind, number: Number(number), name };
    if ((kind === 'shift' || kind === 'gap') && /\.(m4s|mp4)$/.test(name)) {
      return readShifted(ladder, join(folder, name), wanted);
    }
    const text = toText(ladder, wanted);
    return text === undefined ? undefined : { type: toType(path), body: Buffer.from(text) };
  };
}

interface Wanted {
  readonly kind: string | undefined;
  readonly number: number;
  readonly name: string;
}

function toText(ladder: Ladder, wanted: Wanted): string | undefined {
  const { kind, number, name } = wanted;
  const rungs = name.startsWith('ladder.') ? ladder.rungs : [middleOf(ladder)];
  const keepsAll = kind === 'event';
  const live = kind === 'live' || keepsAll;
  const channel = { startedAt: number, now: Date.now(), keepsAll };
  const lateS = toLateness(wanted);
  const track = [...ladder.rungs, ladder.sound].find(
    ({ folder }) => name === `${folder}index.m3u8`,
  );
  switch (name) {
    case 'single.m3u8':
    case 'ladder.m3u8':
      return toMaster(ladder, rungs, ({ folder }) => `${folder}index.m3u8`);
    case 'single.mpd':
    case 'ladder.mpd':
      return live
        ? toLiveManifest(ladder, { rungs, prefix: '../../' }, channel)
        : toVodManifest(ladder, { rungs, prefix: '', lateS });
    default:
      if (track === undefined) return undefined;
      return live
        ? toLivePlaylist(track, `../../../${track.folder}`, channel)
        : toVodPlaylist(track, lateS);
  }
}

function toLateness({ kind, number }: Wanted): Lateness {
  switch (kind) {
    case 'shift':
      return () => number;
    case 'gap':
      return (segment) => (segment >= number ? GAP_S : 0);
    default:
      return () => 0;
  }
}

async function readShifted(
  { rungs, sound }: Ladder,
  file: string,
  wanted: Wanted,
): Promise<Resource | undefined> {
  const { name } = wanted;
  const track = [...rungs, sound].find((one) => name.startsWith(one.folder));
  if (track === undefined) return undefined;
  const body = await readFile(file);
  if (name.endsWith(track.init)) return { type: toType(name), body };
  const timescale = readTimescale(await readFile(join(dirname(file), track.init)));
  const shiftS = toLateness(wanted)(Number(/(\d{3})\.m4s$/.exec(name)?.[1]));
  return { type: toType(name), body: toShifted(body, shiftS, timescale) };
}
