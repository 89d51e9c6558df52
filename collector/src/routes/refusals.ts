// The answers to what no route takes: unread bodies, other methods, preflights, unknown paths, and
// faults of ours. Each of them is readable by the page, like every answer.
import type { RefusalCode } from '@retour/player-sdk/contract';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { quoted } from '../errors.ts';
import { ALLOW_ORIGIN, answerRefused } from './answer.ts';
import { refuseUnread } from './beacons.ts';
import type { Room } from './room.ts';

/** A day. Beacons need no preflight; what sends other headers asks once. */
const PREFLIGHT_S = 86_400;

export function addRefusals(server: FastifyInstance, room: Room): void {
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

function createErrorHandler(room: Room) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const reason = toUnreadReason(error);
    if (reason !== undefined) {
      refuseUnread(request, reply, { room, reason });
      return;
    }
    room.counts.refused.internal += 1;
    room.report(error);
    answerRefused(reply, { reason: 'internal', came: 'one', time: room.now() });
  };
}

/** Fastify's own codes for bodies that it could not read. */
function toUnreadReason({ code, statusCode }: FastifyError): RefusalCode | undefined {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'body_too_large';
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500
    ? 'bad_request'
    : undefined;
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
