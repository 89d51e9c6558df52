// Faults that the playground may ask for, by the address of its media: the same files, of which the
// picture's later segments are slow or gone. A network as it is, for an integrator to look at.
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** From this segment on, 8 s into the content: playback has begun, its buffer is soon used up. */
const FROM = 4;
/** Longer than a segment plays (2 s): each one is a stall. Bounds what a request may hold. */
const SLOW_MS = 3_500;

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Folder of `/sample/media/` → what happens to a request for it. */
export const FAULTS: Readonly<Record<'slow' | 'missing', Hook>> = {
  async slow(request) {
    if (isLate(request.url)) await wait(SLOW_MS);
  },
  async missing(request, reply) {
    if (isLate(request.url)) return reply.code(404).type('text/plain').send('No such segment.\n');
  },
};

export function isLate(url: string): boolean {
  const segment = /\/\d+\/(\d{3})\.m4s(?:\?|$)/.exec(url)?.[1];
  return segment !== undefined && Number(segment) >= FROM;
}
