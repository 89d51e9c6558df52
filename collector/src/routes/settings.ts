// `GET /{path}/{write key}`: the settings, which can only tighten what the page decided, and the
// server's time, by which a player corrects its clock.
import type { Settings } from '@retour/player-sdk/contract';
import type { FastifyInstance } from 'fastify';
import { admit } from '../steps/index.ts';
import { createArrival } from '../steps/passage.ts';
import { ALLOW_ORIGIN, answerRefused, JSON_TYPE, STOPPING } from './answer.ts';
import type { Room } from './room.ts';

export function addSettingsRoute(server: FastifyInstance, room: Room): void {
  server.get<{ Params: { readonly key: string } }>('/:key', async (request, reply) => {
    const { raw, params } = request;
    const arrival = createArrival({
      ...room.originOf(raw),
      writeKey: params.key,
      query: {},
      origin: raw.headers.origin,
      userAgent: '',
      receivedAt: room.now(),
      body: new Uint8Array(0),
    });
    const verdict = room.isStopping() ? STOPPING : await admit(arrival, room.tools);
    if (!verdict.kept) {
      room.counts.refused[verdict.reason] += 1;
      return answerRefused(reply, { ...verdict, time: room.now() });
    }
    const { heartbeatMs, sampling, privacy } = arrival.property;
    reply
      .header(ALLOW_ORIGIN, '*')
      .header('cache-control', 'no-store')
      .header('content-type', JSON_TYPE);
    const settings: Settings = { heartbeatMs, sampling, privacy, time: room.now() };
    return reply.send(JSON.stringify(settings));
  });
}
