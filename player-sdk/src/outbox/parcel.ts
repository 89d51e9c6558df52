// A body on its way. The outbox sees text and numbers, never what they say.

export interface Parcel {
  /** JSON of one beacon. */
  readonly body: string;
  /** Rows in it: the unit that losses are counted in. */
  readonly rows: number;
  /** Dropped last when the queue is full. */
  readonly urgent: boolean;
}

/** Bodies that travel together are a JSON array; one alone is itself. */
export function toPayload(parcels: readonly Parcel[]): string {
  const bodies = parcels.map((parcel) => parcel.body);
  return bodies.length === 1 ? bodies.join('') : `[${bodies.join(',')}]`;
}

/** Bytes of a text in UTF-8. */
export function sizeBytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    // Half of a surrogate pair counts two: the pair is four bytes.
    if (code > 0x7ff && (code < 0xd800 || code > 0xdfff)) bytes += 2;
    else if (code > 0x7f) bytes += 1;
  }
  return bytes;
}
