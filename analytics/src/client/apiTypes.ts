// The API's shapes by name, as generated from its OpenAPI document.
import type { components } from './generated/schema.ts';

type Schemas = components['schemas'];

export type ApiError = Schemas['ApiError'];
export type FeedState = Schemas['FeedState'];
export type Filter = Schemas['Filter'];
export type Frame = Schemas['Frame'];
export type LiveError = Schemas['LiveError'];
export type LiveMessage = Schemas['LiveMessage'];
export type LiveRequest = Schemas['LiveRequestInput'];
export type QueryRequest = Schemas['QueryRequest'];
export type QueryResponse = Schemas['QueryResponse'];
export type Slice = Schemas['Slice'];
export type StatusResponse = Schemas['StatusResponse'];
export type Summary = Schemas['Summary'];
export type ViewEvent = Schemas['ViewEvent'];
export type ViewResponse = Schemas['ViewResponse'];
export type ViewRow = Schemas['ViewRow'];
export type ViewsResponse = Schemas['ViewsResponse'];
