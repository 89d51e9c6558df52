// Reads the API's frames through @grafana/data and picks fields by a metric's id. It computes nothing.
import { type DataFrame, type DataFrameJSON, dataFrameFromJSON } from '@grafana/data';
import type { Frame } from '../feed/messages.ts';

export function toDataFrame(frame: Frame): DataFrame {
  // The API's frame is DataFrameJSON with fewer field types and without config that is undefined.
  return dataFrameFromJSON(frame as DataFrameJSON);
}

/** The numbers of a field by its name; an empty list where the frame has none of that name. */
export function numbersOf(frame: DataFrame, name: string): (number | null)[] {
  const field = frame.fields.find((candidate) => candidate.name === name);
  return (field?.values ?? []).map((value: unknown) => (typeof value === 'number' ? value : null));
}

/** The texts of a field by its name. */
export function textsOf(frame: DataFrame, name: string): string[] {
  const field = frame.fields.find((candidate) => candidate.name === name);
  return (field?.values ?? []).map((value: unknown) => String(value ?? ''));
}
