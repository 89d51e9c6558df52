// Picks the values of a frame's fields by name: a metric's id, or what a group is called. It computes
// nothing.
import type { DataFrame } from '@grafana/data';

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
