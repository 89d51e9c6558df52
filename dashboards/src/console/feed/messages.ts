// The API's messages as the console reads them: types only, by the API's own names.
export type {
  FeedState,
  Filter,
  Frame,
  LiveError,
  LiveMessage,
  StatusResponse as Status,
  ViewResponse as ViewDetail,
  ViewRow,
  ViewsResponse as ViewsPage,
} from '@retour/analytics/client';
