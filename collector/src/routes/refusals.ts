// The answers to what no route takes: other methods, preflights, unknown paths, and
// faults of ours. Each of them is readable by the page, like every answer.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { quoted } from '../errors.ts';
import { ALLOW_ORIGIN, answerRefused } from './answer.ts';
import type { Room } from './room.ts';

/** A day. Beacons need no preflight; what sends other headers asks once. */
const PREFLIGHT_S = 86_400;

export function addRefusals(server: FastifyInstance, room: Room): void {
  server.removeAllContentTypeParsers(); // Beacons read their bodies themselves; the rest has none.
  server.setErrorHandler(createErrorHandler(room));
  server.setNotFoundHandler(createNotFoundHandler(room));
  server.options('/*', answerPreflight);
  server.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: '/:key',
    // A body of theirs is not wanted: answered before it is read.
    onRequest: async (request, reply) => {
      room.counts.refused.method_refused += 1;
      return answerRefused(reply.header('allow', 'GET, HEAD, OPTIONS, POST'), {
        reason: 'method_refused',
        came: request.method,
        time: room.now(),
      });
    },
    handler: () => undefined,
  });
}

export function createNotFoundHandler(room: Room) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    room.counts.refused.not_found += 1;
    const came = `${request.method} ${quoted(request.url.split('?', 1)[0] ?? '')}`;
    return answerRefused(reply, { reason: 'not_found', came, time: room.now() });
  };
}

/** Of what no route of ours did by itself: a request that Fastify could not read, or a fault. */
function createErrorHandler(room: Room) {
  return (error: FastifyError, _: FastifyRequest, reply: FastifyReply): void => {
    const { statusCode = 500 } = error;
    const reason = statusCode >= 400 && statusCode < 500 ? 'bad_request' : 'internal';
    if (reason === 'internal') room.report(error);
    room.counts.refused[reason] += 1;
    answerRefused(reply, { reason, came: 'one that cannot be read', time: room.now() });
  };
}

async function answerPreflight(_: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return reply
    .code(204)
    .header(ALLOW_ORIGIN, '*')
    .header('access-control-allow-methods', 'GET, POST')
    .header('access-control-allow-headers', 'content-type')
    .header('access-control-max-age', String(PREFLIGHT_S))
    .send();
}
