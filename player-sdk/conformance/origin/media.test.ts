import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { middleOf, readLadder } from './ladder.ts';
import { toWindow } from './liveWindow.ts';
import { createMedia } from './media.ts';

const MEDIA = fileURLToPath(new URL('../../../deploy/sample/media/vod', import.meta.url));
let read: (path: string) => Promise<string>;
let bytesOf: (path: string) => Promise<Uint8Array>;

beforeAll(async () => {
  const make = await createMedia(MEDIA);
  bytesOf = async (path) => (await make(path))?.body ?? new Uint8Array();
  read = async (path) => Buffer.from(await bytesOf(path)).toString();
});

describe('createMedia', () => {
  it('offers one rung or all of them', async () => {
    expect((await read('/media/single.m3u8')).match(/#EXT-X-STREAM-INF/g)).toHaveLength(1);
    expect((await read('/media/ladder.m3u8')).match(/#EXT-X-STREAM-INF/g)).toHaveLength(3);
    expect((await read('/media/single.mpd')).match(/<Representation/g)).toHaveLength(2);
    expect((await read('/media/ladder.mpd')).match(/<Representation/g)).toHaveLength(4);
    expect(await read('/media/360/index.m3u8')).toContain('#EXT-X-ENDLIST');
    expect(await read('/media/none.m3u8')).toBe('');
  });

  it('broadcasts by the clock, as HLS and as DASH', async () => {
    const startedAt = 1_783_166_400_000;
    vi.spyOn(Date, 'now').mockReturnValue(startedAt + 9_000);
    const playlist = await read(`/media/live/${startedAt}/360/index.m3u8`);
    expect(playlist.match(/#EXTINF/g)).toHaveLength(4);
    expect(playlist).toContain(`#EXT-X-PROGRAM-DATE-TIME:${new Date(startedAt).toISOString()}`);
    expect(playlist).toContain('../../../360/003.m4s');
    expect(playlist).not.toContain('#EXT-X-ENDLIST');
    const manifest = await read(`/media/live/${startedAt}/single.mpd`);
    expect(manifest).toContain(`availabilityStartTime="${new Date(startedAt).toISOString()}"`);
  });

  it('keeps all of an event', async () => {
    const startedAt = 1_783_166_400_000;
    vi.spyOn(Date, 'now').mockReturnValue(startedAt + 30_000);
    const playlist = await read(`/media/event/${startedAt}/360/index.m3u8`);
    expect(playlist).toContain('#EXT-X-PLAYLIST-TYPE:EVENT');
    expect(playlist).not.toContain('#EXT-X-ENDLIST');
    expect(playlist.match(/#EXTINF/g)).toHaveLength(15);
    const manifest = await read(`/media/event/${startedAt}/single.mpd`);
    expect(manifest).toContain('type="dynamic"');
    expect(manifest).not.toContain('timeShiftBufferDepth');
  });

  it('shifts media times: only the decode time of a fragment changes', async () => {
    const [plain, shifted] = await Promise.all([
      bytesOf('/media/shift/0/360/001.m4s'),
      bytesOf('/media/shift/1000/360/001.m4s'),
    ]);
    expect(shifted).toHaveLength(plain.length);
    const changed = [...plain.keys()].filter((i) => plain[i] !== shifted[i]);
    expect(changed.length).toBeGreaterThan(0);
    expect((changed.at(-1) ?? 0) - (changed[0] ?? 0)).toBeLessThan(8);
    expect(await read('/media/shift/1000/single.mpd')).toContain(
      'presentationTimeOffset="1000000000"',
    );
  });

  it('leaves a second of nothing before a segment, in both kinds of manifest', async () => {
    const lengths = (await read('/media/gap/2/360/index.m3u8')).match(/(?<=#EXTINF:)[0-9.]+/g);
    expect(lengths?.slice(0, 4).map(Number)).toEqual([2, 3, 2, 2]);
    const ticks = (await read('/media/gap/2/single.mpd')).match(/(?<=<S.* d=")\d+/g);
    expect(ticks?.slice(0, 4).map(Number)).toEqual([2e6, 3e6, 2e6, 2e6]);
    const bytes = (kind: string, segment: string) => bytesOf(`/media/${kind}/360/${segment}.m4s`);
    expect(await bytes('gap/2', '001')).toEqual(await bytes('shift/0', '001'));
    expect(await bytes('gap/2', '002')).toEqual(await bytes('shift/1', '002'));
  });
});

describe('toWindow', () => {
  it('holds what was wholly broadcast within the last seconds', async () => {
    const track = middleOf(await readLadder(MEDIA));
    const window = (now: number) => toWindow(track, { startedAt: 0, now, keepsAll: false });
    expect(window(1_999).segments).toEqual([]);
    expect(window(30_000)).toMatchObject({ first: 7, over: false });
    expect(window(30_000).segments).toHaveLength(8);
    expect(window(40_000).over).toBe(true);
  });
});
