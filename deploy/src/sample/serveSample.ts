// Serves the sample: its page, its media as VOD and as a live loop. Reads the shipped files only.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { FAULTS } from './faults.ts';
import { readTurn, toLiveManifest } from './liveManifest.ts';
import { type Loop, readLoop, toLivePlaylist } from './livePlaylist.ts';

const MEDIA = fileURLToPath(new URL('../../sample/media', import.meta.url));
/** Built beside the compiled sources: dist/sample/page, whether this file runs from src or dist. */
const PAGE = fileURLToPath(new URL('../../dist/sample/page', import.meta.url));

/** The renditions of the sample, as folders of media/vod. */
const TRACKS = ['240', '360', '540', 'sound'];

const HLS = 'application/vnd.apple.mpegurl';
const DASH = 'application/dash+xml';

/**
 * What five players need: their workers and streams are blobs, and video.js writes styles into the
 * page. Beacons go where the address says.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "media-src 'self' blob:",
  'connect-src *',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

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
  await serveMedia(app, 'vod');
  for (const [folder, hook] of Object.entries(FAULTS)) {
    await app.register(async (scope) => {
      scope.addHook('onRequest', hook);
      await serveMedia(scope, folder);
    });
  }
  await app.register(fastifyStatic, {
    root: PAGE,
    prefix: '/sample/',
    decorateReply: false,
    setHeaders: (reply) => {
      reply.setHeader('content-security-policy', POLICY);
      reply.setHeader('x-content-type-options', 'nosniff');
    },
  });

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

/** The files of the VOD under a folder of `/sample/media/`. */
async function serveMedia(scope: FastifyInstance, folder: string): Promise<void> {
  await scope.register(fastifyStatic, {
    root: join(MEDIA, 'vod'),
    prefix: `/sample/media/${folder}/`,
    decorateReply: false,
    setHeaders: (reply, path) => {
      if (path.endsWith('.m3u8')) reply.setHeader('content-type', HLS);
      if (path.endsWith('.mpd')) reply.setHeader('content-type', DASH);
      if (path.endsWith('.m4s')) reply.setHeader('content-type', 'video/iso.segment');
    },
  });
}
