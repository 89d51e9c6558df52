// The API's messages as the console reads them: types only, inferred from the API's own schemas.
import type { z } from 'zod';
import type {
  feedStateSchema,
  filterSchema,
  frameSchema,
  liveErrorSchema,
  liveMessageSchema,
  statusResponseSchema,
  viewResponseSchema,
  viewRowSchema,
  viewsResponseSchema,
} from '../../../../analytics/src/api/messages.ts';

export type Filter = z.infer<typeof filterSchema>;
export type FeedState = z.infer<typeof feedStateSchema>;
export type Frame = z.infer<typeof frameSchema>;
export type LiveMessage = z.infer<typeof liveMessageSchema>;
export type LiveError = z.infer<typeof liveErrorSchema>;
export type Status = z.infer<typeof statusResponseSchema>;
export type ViewRow = z.infer<typeof viewRowSchema>;
export type ViewsPage = z.infer<typeof viewsResponseSchema>;
export type ViewDetail = z.infer<typeof viewResponseSchema>;
