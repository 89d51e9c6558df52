// How a dimension's value is written where a person reads it.

/** The value itself; an empty one is said in words. */
export function valueText(value: string): string {
  return value === '' ? 'Not known' : value;
}
