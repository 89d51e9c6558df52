// The entry of `@retour/analytics/client`: the typed API client and the live feed, for browsers and
// for Node. No server code.
export { type ApiClient, type ClientOptions, createApiClient } from './apiClient.ts';
export type * from './apiTypes.ts';
export {
  connectLive,
  type LiveConnection,
  type LiveOptions,
  type LiveStatus,
} from './connectLive.ts';
