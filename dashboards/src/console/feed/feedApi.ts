// The console's only way to the API's answers: each call, with the token in a header and never in an
// address, and every failure as a FeedError. Pages use the hooks beside this file.
import { createApiClient } from '@retour/analytics/client';
import { FeedError, toUnreachable } from './feedError.ts';
import type { Status, ViewDetail, ViewsPage } from './messages.ts';

/** What the Views page may ask for. All of it is optional. */
export interface ViewsQuestion {
  /** A view's id or its beginning, an asset's id, or a part of its title. */
  readonly search?: string;
  /** Filters, each `dimension:value`. */
  readonly filter?: readonly string[];
  readonly before?: string;
  readonly limit?: number;
}

export interface FeedApi {
  status(signal?: AbortSignal): Promise<Status>;
  views(question: ViewsQuestion, signal?: AbortSignal): Promise<ViewsPage>;
  view(id: string, signal?: AbortSignal): Promise<ViewDetail>;
}

export interface FeedApiOptions {
  /** Where the API stands, without `/api`; '' is the page's own origin. */
  readonly baseUrl: string;
  readonly token: () => string | null;
}

export function createFeedApi({ baseUrl, token }: FeedApiOptions): FeedApi {
  const client = () => createApiClient({ baseUrl, token: token() ?? '' });
  return {
    status: (signal) => take(client().GET('/api/status', { ...withSignal(signal) })),
    views: ({ filter, ...question }, signal) =>
      take(
        client().GET('/api/views', {
          params: { query: { ...question, ...(filter && { filter: [...filter] }) } },
          ...withSignal(signal),
        }),
      ),
    view: (id, signal) =>
      take(
        client().GET('/api/views/{view}', {
          params: { path: { view: id } },
          ...withSignal(signal),
        }),
      ),
  };
}

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

async function take<T>(asking: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await asking;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw toUnreachable();
  }
  if (answer.response.ok && answer.data !== undefined) return answer.data;
  throw toFeedError(answer.response.status, answer.error);
}

/** The API's error body where there is one; a proxy in between may answer otherwise. */
function toFeedError(status: number, body: unknown): FeedError {
  const told = body !== null && typeof body === 'object' ? (body as Record<string, unknown>) : {}; // An object, by the check before.
  const text = (name: string, otherwise: string): string => {
    const value = told[name];
    return typeof value === 'string' && value !== '' ? value : otherwise;
  };
  return new FeedError({
    status,
    code: text('code', `http_${status}`),
    message: text('message', `The API answered ${status}.`),
    remedy: text('remedy', 'Try again; if it stays so, look at the log of the API.'),
  });
}

function withSignal(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
