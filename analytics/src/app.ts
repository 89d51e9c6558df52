// The API of analytics, put together: metrics, queries, views and the live hub behind read tokens.
import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import type { ApiDeps } from './api/deps.ts';
import { LIVE_BYTES, putLive } from './api/liveRoute.ts';
import { putErrors } from './api/putErrors.ts';
import { createQuota } from './api/quota.ts';
import { putRoutes } from './api/routes.ts';
import { createHub } from './live/hub.ts';
import { createReader } from './query/reader.ts';

export type { ApiDeps } from './api/deps.ts';
export { API_ERRORS, type ApiErrorCode } from './api/errors.ts';
export type { Feed } from './live/feed.ts';

/** Everything under `/api`, as a plugin for the app that serves the one port. */
export async function apiPlugin(root: FastifyInstance, deps: ApiDeps): Promise<void> {
  await root.register((app) => putApi(app, deps), { prefix: '/api' });
}

/** The API alone, for a process of its own and for tests. */
export function buildApp(deps: ApiDeps): FastifyInstance {
  const app = fastify({ logger: false });
  app.register(apiPlugin, deps);
  return app;
}

async function putApi(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  const reader = createReader(deps.store);
  const hub = createHub({ ...deps, reader });
  app.addHook('onClose', () => hub.close());
  app.setValidatorCompiler(validatorCompiler);
  // What routes answer is built field by field and checked by tests; here it is only written.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  putErrors(app, deps.onFault);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Retour', version: '1', description: 'Metrics, views and the live feed.' },
      components: { securitySchemes: { readToken: { type: 'http', scheme: 'bearer' } } },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(websocket, { options: { maxPayload: LIVE_BYTES } });
  putRoutes(app, { deps, reader, hub, quota: createQuota() });
  putLive(app, { deps, hub });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}
