// The API's frames as @grafana/data's data frames. Its bundle is large: only pages that are loaded on
// their own may import this file.
import { type DataFrame, type DataFrameJSON, dataFrameFromJSON } from '@grafana/data';
import type { Frame } from '../feed/messages.ts';

export function toDataFrame(frame: Frame): DataFrame {
  // The API's frame is DataFrameJSON with fewer field types and without config that is undefined.
  return dataFrameFromJSON(frame as DataFrameJSON);
}
