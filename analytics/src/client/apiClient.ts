// The typed API client: openapi-fetch over the generated paths.
import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './generated/schema.ts';

export interface ClientOptions {
  /** Where the API stands, without `/api`; '' is the page's own origin. */
  readonly baseUrl: string;
  /** The property's read token. */
  readonly token: string;
  readonly fetch?: (request: Request) => Promise<Response>;
}

export type ApiClient = Client<paths>;

/** `client.POST('/api/query', { body })` gives `{ data, error, response }`; errors are ApiError. */
export function createApiClient({ baseUrl, token, fetch }: ClientOptions): ApiClient {
  return createClient<paths>({
    baseUrl,
    headers: { authorization: `Bearer ${token}` },
    ...(fetch !== undefined && { fetch }),
  });
}
