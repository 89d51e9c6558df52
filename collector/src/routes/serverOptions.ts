// The options of a server that carries the collector: every bound of a connection and a request.
import type { Server } from 'node:http';
import { LIMITS } from '@retour/player-sdk/contract';
import type { FastifyError, FastifyHttpOptions, FastifyReply, FastifyRequest } from 'fastify';
import type { CollectorConfig } from '../config.ts';
import { quoted } from '../errors.ts';
import { answerRefused } from './answer.ts';

/** Headers of all browsers and proxies together stay under 8 KiB. */
const HEADER_BYTES = 16_384;

/** Idle connections are kept for longer than a heartbeat (10 s) and its jitter. */
const KEEP_ALIVE_MS = 30_000;

/** @param now Epoch ms, for the refusals of URLs that reach no route. */
export function toServerOptions(
  { requestTimeoutMs }: Pick<CollectorConfig, 'requestTimeoutMs'>,
  now: () => number,
) {
  return {
    bodyLimit: LIMITS.bodyBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: {
      maxHeaderSize: HEADER_BYTES,
      headersTimeout: requestTimeoutMs,
      // Slow senders are looked for so often: they last at most a quarter longer than they may.
      connectionsCheckingInterval: Math.ceil(requestTimeoutMs / 4),
    },
    // A stopping collector answers by itself, so that the page may read it.
    return503OnClosing: false,
    // A key of any length is looked up, and refused like any unknown one.
    routerOptions: { maxParamLength: HEADER_BYTES },
    frameworkErrors: (_: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      answerRefused(reply, { reason: 'bad_request', came: quoted(request.url), time: now() });
    },
    // A logger would cost a child for each request; faults are reported through `report`.
    logger: false,
  } satisfies FastifyHttpOptions<Server>;
}
