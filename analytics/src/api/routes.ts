// The HTTP routes of the API: what each takes, gives and asks. Logic lives in the rooms.
import type { Property } from '@retour/collector/control';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Hub } from '../live/hub.ts';
import { parseQuestion } from '../query/parse.ts';
import type { Reader } from '../query/reader.ts';
import { runQuestion } from '../query/run.ts';
import { propertyOf } from './access.ts';
import type { ApiDeps } from './deps.ts';
import { ApiError } from './errors.ts';
import {
  apiErrorSchema,
  queryRequestSchema,
  queryResponseSchema,
  statusResponseSchema,
  viewResponseSchema,
  viewsRequestSchema,
  viewsResponseSchema,
} from './messages.ts';
import type { Quota } from './quota.ts';
import { listViews, readView } from './views.ts';

export interface RouteDeps {
  readonly deps: ApiDeps;
  readonly reader: Reader;
  readonly hub: Hub;
  readonly quota: Quota;
}

const refusals = { '4xx': apiErrorSchema, '5xx': apiErrorSchema };
const security = [{ readToken: [] }];

export function putRoutes(plain: FastifyInstance, { deps, reader, hub, quota }: RouteDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const ask = <T>(
    request: FastifyRequest,
    task: (property: Property) => Promise<T>,
  ): Promise<T> => {
    const property = propertyOf(request, deps.tokenOf);
    return quota.run(property.id, () => task(property));
  };
  const viewsOptions = ({ id, heartbeatMs }: Property) => ({
    reader,
    property: id,
    heartbeatMs,
    now: deps.now(),
  });

  app.get(
    '/status',
    {
      schema: {
        summary: 'The property of the token, what its pages paste, and how the feed is',
        security,
        response: { 200: statusResponseSchema, ...refusals },
      },
    },
    (request) => ask(request, (property) => statusOf(property, deps, hub)),
  );

  app.post(
    '/query',
    {
      bodyLimit: 65_536,
      schema: {
        summary: 'Metrics over time, in groups, or both',
        security,
        body: queryRequestSchema,
        response: { 200: queryResponseSchema, ...refusals },
      },
    },
    (request) =>
      ask(request, async ({ id, heartbeatMs }) => {
        const question = parseQuestion(id, request.body);
        if (!question.ok) throw new ApiError(question.issue.code, question.issue.message);
        const options = { reader, heartbeatMs, now: deps.now() };
        const answer = await runQuestion(question.value, options);
        if (!answer.ok) throw new ApiError(answer.issue.code, answer.issue.message);
        return answer.value;
      }),
  );

  app.get(
    '/views',
    {
      schema: {
        summary: 'Views, newest first',
        security,
        querystring: viewsRequestSchema,
        response: { 200: viewsResponseSchema, ...refusals },
      },
    },
    (request) => ask(request, (property) => listViews(request.query, viewsOptions(property))),
  );

  app.get(
    '/views/:view',
    {
      schema: {
        summary: 'One view, whole, also while it plays',
        security,
        params: z.object({ view: z.uuid().toLowerCase() }),
        response: { 200: viewResponseSchema, ...refusals },
      },
    },
    (request) => ask(request, (property) => readView(request.params.view, viewsOptions(property))),
  );
}

async function statusOf(
  property: Property,
  deps: ApiDeps,
  hub: Hub,
): Promise<z.infer<typeof statusResponseSchema>> {
  const { id, name, timeZone, privacy } = property;
  const { state, stateReason, firstViewAt } = await hub.report(property);
  return {
    version: deps.version,
    property: { id, name, timeZone, privacy },
    writeKeys: deps.control
      .writeKeysOf(id)
      .filter((key) => key.state === 'live')
      .map((key) => key.key),
    endpoint: deps.endpoint,
    sampleUrl: deps.sampleUrl,
    state,
    stateReason,
    firstViewAt,
  };
}
