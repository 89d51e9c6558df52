// How the collector answers. Every answer, refusals included, may be read by any page: it carries no
// credentials and no secret, and a sender that cannot read why it was refused cannot do better.
import type { Acceptance, Refusal, RefusalCode } from '@retour/player-sdk/contract';
import type { FastifyReply } from 'fastify';
import { ERRORS, toRefusal } from '../errors.ts';
import type { Drop } from '../steps/passage.ts';

export const ALLOW_ORIGIN = 'access-control-allow-origin';
const EXPOSE = 'access-control-expose-headers';
export const JSON_TYPE = 'application/json; charset=utf-8';

/** After a refusal of the log or of a stopping process: long enough to find another one. */
export const RETRY_AFTER_S = 5;

/** What a stopping collector answers. */
export const STOPPING: Drop = {
  kept: false,
  reason: 'stopping',
  came: 'one that is going down',
  retryAfterS: RETRY_AFTER_S,
};

/**
 * Straight to the socket, past Fastify's serialisers and send hooks: they have nothing to do here and
 * would cost an eighth of all that a beacon may cost. A `quota` of 0 is no warning, and left out.
 */
export function answerAccepted(reply: FastifyReply, answer: Required<Acceptance>): void {
  const { accepted, rejected, time, quota } = answer;
  const counts = `"accepted":${accepted},"rejected":${rejected},"time":${time}`;
  const share = quota.toFixed(2);
  const body = quota === 0 ? `{${counts}}` : `{${counts},"quota":${Number(share)}}`;
  const headers = [
    ALLOW_ORIGIN,
    '*',
    'content-type',
    JSON_TYPE,
    'content-length',
    `${body.length}`,
  ];
  if (quota > 0) headers.push(EXPOSE, 'Retour-Quota', 'Retour-Quota', share);
  reply.hijack();
  reply.raw.writeHead(200, headers);
  reply.raw.end(body);
}

export interface Refused {
  readonly reason: RefusalCode;
  readonly came: string;
  readonly time: number;
  readonly retryAfterS?: number;
}

export function answerRefused(reply: FastifyReply, refused: Refused): FastifyReply {
  const { reason, came, time, retryAfterS } = refused;
  const body: Refusal = toRefusal(reason, came, time);
  reply
    .code(ERRORS[reason].status)
    .header(ALLOW_ORIGIN, '*')
    .header('cache-control', 'no-store')
    .header('content-type', JSON_TYPE);
  if (retryAfterS !== undefined) {
    reply.header(EXPOSE, 'Retry-After').header('retry-after', String(retryAfterS));
  }
  return reply.send(JSON.stringify(body));
}
