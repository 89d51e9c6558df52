// A body on its way. The outbox sees text and numbers, never what they say.

export interface Parcel {
  /** JSON of one beacon. */
  readonly body: string;
  /** Rows in it: the unit that losses are counted in. */
  readonly rows: number;
  /** Dropped last when the queue is full. */
  readonly urgent?: boolean;
}

/** Bytes of a JSON text in UTF-8, at most: ASCII is counted, all else taken for three. */
export function sizeBytes(text: string): number {
  return text.replace(/[^ -~]/g, '___').length;
}
