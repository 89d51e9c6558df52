// The WebSocket route of the live feed: the first message carries the token, each later one changes
// what is shown. Knows nothing of figures.

import type { WebSocket } from '@fastify/websocket';
import type { Property } from '@retour/collector/control';
import type { FastifyInstance } from 'fastify';
import type { Hub } from '../live/hub.ts';
import { createOutlet } from '../live/outlet.ts';
import { parseFilters, parseGrouping } from '../query/parse.ts';
import type { ApiDeps } from './deps.ts';
import { ApiError } from './errors.ts';
import { liveRequestSchema } from './messages.ts';
import { toApiError } from './putErrors.ts';

/** A request over the socket, at most. */
export const LIVE_BYTES = 32_768;

/** How long a socket may stay without a valid first message. */
const FIRST_MESSAGE_MS = 10_000;

/** A client that does not answer a ping within this time is gone, or hopelessly slow. */
const PING_MS = 20_000;

/** Close codes: 1008 is a policy violation (RFC 6455 §7.4.1). */
const REFUSED = 1008;

export interface LiveDeps {
  readonly deps: Pick<ApiDeps, 'tokenOf' | 'onFault'>;
  readonly hub: Hub;
}

export function putLive(app: FastifyInstance, live: LiveDeps): void {
  app.get('/live', { websocket: true, schema: { hide: true } }, (socket) => serve(socket, live));
}

function serve(socket: WebSocket, { deps, hub }: LiveDeps): void {
  const outlet = createOutlet(socket);
  let token: string | undefined;
  let leave: (() => void) | undefined;
  let isAlive = true;

  const refuse = (error: unknown): void => {
    const refusal = toApiError(error);
    if (refusal.code === 'internal') deps.onFault(error);
    outlet.close();
    socket.send(JSON.stringify({ type: 'error', ...refusal.toAnswer() }));
    socket.close(REFUSED, refusal.code);
  };

  const first = setTimeout(() => refuse(new ApiError('unauthorized')), FIRST_MESSAGE_MS);
  const ping = setInterval(() => {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    socket.ping();
    // A token that was withdrawn meanwhile closes the screen.
    if (token !== undefined && deps.tokenOf(token) === undefined) {
      refuse(new ApiError('unauthorized'));
    }
  }, PING_MS);

  socket.on('pong', () => {
    isAlive = true;
  });
  socket.on('message', (data) => {
    try {
      const { request, property } = parse(String(data), token, deps.tokenOf);
      token = request.token ?? token;
      clearTimeout(first);
      leave?.();
      leave = join(hub, property, { request, push: outlet.push });
    } catch (error) {
      refuse(error);
    }
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearTimeout(first);
    clearInterval(ping);
    outlet.close();
    leave?.();
  });
}

type Request = ReturnType<typeof liveRequestSchema.parse>;

function parse(
  text: string,
  known: string | undefined,
  tokenOf: ApiDeps['tokenOf'],
): { request: Request; property: Property } {
  const parsed = liveRequestSchema.safeParse(toJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ApiError('bad_request', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const token = parsed.data.token ?? known;
  const property = token === undefined ? undefined : tokenOf(token);
  if (property === undefined) throw new ApiError('unauthorized');
  return { request: parsed.data, property };
}

/** What is no JSON reads as nothing, which no schema takes. */
function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Joining {
  readonly request: Request;
  readonly push: (text: string) => void;
}

function join(hub: Hub, property: Property, { request, push }: Joining): () => void {
  const filters = parseFilters(request.filters);
  if (!filters.ok) throw new ApiError(filters.issue.code, filters.issue.message);
  const grouping = parseGrouping(request.dimension);
  if (!grouping.ok) throw new ApiError(grouping.issue.code, grouping.issue.message);
  const question = { filters: filters.value, grouping: grouping.value };
  const leave = hub.join(property, question, push);
  if (leave === null) throw new ApiError('too_many_live');
  return leave;
}
