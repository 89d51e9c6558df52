// A body on its way. The outbox sees text and numbers, never what they say.

export interface Parcel {
  /** JSON of one beacon. */
  readonly body: string;
  /** Rows in it: the unit that losses are counted in. */
  readonly rows: number;
  /** Dropped last when the queue is full. */
  readonly urgent?: boolean;
}
