// Serves the sample: its page, its media as VOD and as a live loop. Reads the shipped files only.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { readTurn, toLiveManifest } from './liveManifest.ts';
import { type Loop, readLoop, toLivePlaylist } from './livePlaylist.ts';

const MEDIA = fileURLToPath(new URL('../../sample/media', import.meta.url));
/** Built beside the compiled sources: dist/sample/page, whether this file runs from src or dist. */
const PAGE = fileURLToPath(new URL('../../dist/sample/page', import.meta.url));

/** The renditions of the sample, as folders of media/vod. */
const TRACKS = ['240', '360', '540', 'sound'];

const HLS = 'application/vnd.apple.mpegurl';
const DASH = 'application/dash+xml';

export async function serveSample(app: FastifyInstance, now: () => number): Promise<void> {
  if (!existsSync(join(PAGE, 'index.html'))) {
    throw new Error('The sample page is not built: run `npm start` from the repository.');
  }
  const loops = new Map<string, Loop>();
  for (const track of TRACKS) {
    const playlist = await readFile(join(MEDIA, 'vod', track, 'index.m3u8'), 'utf8');
    loops.set(track, readLoop(playlist, `../../vod/${track}/`));
  }
  const turn = readTurn(await readFile(join(MEDIA, 'vod', 'manifest.mpd'), 'utf8'));
  app.addHook('onSend', async (request, reply) => {
    if (!request.url.startsWith('/sample/media/')) return;
    reply.header('access-control-allow-origin', '*').header('timing-allow-origin', '*');
  });
  await app.register(fastifyStatic, {
    root: join(MEDIA, 'vod'),
    prefix: '/sample/media/vod/',
    decorateReply: false,
    setHeaders: (reply, path) => {
      if (path.endsWith('.m3u8')) reply.setHeader('content-type', HLS);
      if (path.endsWith('.mpd')) reply.setHeader('content-type', DASH);
      if (path.endsWith('.m4s')) reply.setHeader('content-type', 'video/iso.segment');
    },
  });
  await app.register(fastifyStatic, { root: PAGE, prefix: '/sample/', decorateReply: false });

  app.get('/sample/media/live/master.m3u8', async (_request, reply) =>
    reply.type(HLS).send(await readFile(join(MEDIA, 'vod', 'master.m3u8'))),
  );
  app.get('/sample/media/live/manifest.mpd', async (_request, reply) =>
    reply.type(DASH).header('cache-control', 'no-store').send(toLiveManifest(turn, now())),
  );
  app.get<{ Params: { track: string } }>(
    '/sample/media/live/:track/index.m3u8',
    async (request, reply) => {
      const loop = loops.get(request.params.track);
      if (loop === undefined) return reply.callNotFound();
      return reply.type(HLS).header('cache-control', 'no-store').send(toLivePlaylist(loop, now()));
    },
  );
}
