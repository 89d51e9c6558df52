// Serves the built console. Its pages are one application: a path that is no file is its to route.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const CONSOLE = fileURLToPath(new URL('../../../dashboards/dist', import.meta.url));

/** Nothing inline, nothing from elsewhere, in no frame. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface ConsoleOptions {
  /** Path of beacons: never the console's. */
  readonly reserved: string;
}

export async function serveConsole(
  app: FastifyInstance,
  { reserved }: ConsoleOptions,
): Promise<void> {
  if (!existsSync(join(CONSOLE, 'index.html'))) {
    throw new Error('The console is not built: run `npm start` from the repository.');
  }
  await app.register(fastifyStatic, {
    root: CONSOLE,
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.setHeader('content-security-policy', POLICY);
      reply.setHeader('x-content-type-options', 'nosniff');
      reply.setHeader('referrer-policy', 'no-referrer');
      // Built files carry their content's hash in their name; the page that names them does not.
      const immutable = path.includes('/assets/');
      reply.setHeader(
        'cache-control',
        immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const mine = request.method === 'GET' && !isUnder(request.url, ['/api', '/sample', reserved]);
    if (mine && (request.headers.accept ?? '').includes('text/html'))
      return reply.sendFile('index.html');
    return reply.code(404).send({
      code: 'not_found',
      message: `There is nothing at ${request.method} ${request.url.split('?')[0]}.`,
      remedy: 'Look at the addresses that `npm start` prints.',
    });
  });
}

function isUnder(url: string, paths: readonly string[]): boolean {
  return paths.some(
    (path) => url === path || url.startsWith(`${path}/`) || url.startsWith(`${path}?`),
  );
}
