// The console's only way to the API: which calls it makes, with the token in a header and never in
// an address. Pages use the hooks beside this file.
import { FeedError, toUnreachable } from './feedError.ts';
import type { Status, ViewDetail, ViewsPage } from './messages.ts';

/** What the Views page may ask for. All of it is optional. */
export interface ViewsQuestion {
  readonly asset?: string;
  readonly before?: string;
  readonly only?: 'open' | 'failed';
  readonly limit?: number;
}

export interface FeedApi {
  status(signal?: AbortSignal): Promise<Status>;
  views(question: ViewsQuestion, signal?: AbortSignal): Promise<ViewsPage>;
  view(id: string, signal?: AbortSignal): Promise<ViewDetail>;
  /** Address of the live connection. */
  liveUrl(): string;
}

export interface FeedApiOptions {
  /** Where the API is, as an absolute URL ending in a slash. */
  readonly base: string;
  readonly token: () => string | null;
  readonly fetch: typeof fetch;
}

export function createFeedApi(options: FeedApiOptions): FeedApi {
  async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
    const token = options.token();
    let response: Response;
    try {
      response = await options.fetch(new URL(path, options.base), {
        headers: token === null ? {} : { authorization: `Bearer ${token}` },
        credentials: 'omit',
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw toUnreachable();
    }
    if (!response.ok) throw await toFeedError(response);
    return (await response.json()) as T; // The API validates what it sends by the same schema.
  }
  return {
    status: (signal) => ask('api/v1/status', signal),
    views: (question, signal) => ask(`api/v1/views?${toQuery(question)}`, signal),
    view: (id, signal) => ask(`api/v1/views/${encodeURIComponent(id)}`, signal),
    liveUrl: () => new URL('api/v1/live', options.base).href.replace(/^http/, 'ws'),
  };
}

function toQuery(question: ViewsQuestion): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(question)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  return query.toString();
}

/** The API's error body where there is one; a proxy in between may answer otherwise. */
async function toFeedError(response: Response): Promise<FeedError> {
  const body: unknown = await response.json().catch(() => null);
  const told = body !== null && typeof body === 'object' ? (body as Record<string, unknown>) : {}; // An object, by the check before.
  const text = (name: string, otherwise: string): string => {
    const value = told[name];
    return typeof value === 'string' && value !== '' ? value : otherwise;
  };
  return new FeedError({
    status: response.status,
    code: text('code', `http_${response.status}`),
    message: text('message', `The API answered ${response.status}.`),
    remedy: text('remedy', 'Try again; if it stays so, look at the log of the API.'),
  });
}
