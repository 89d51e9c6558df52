// What the API is given. The process that composes the rooms decides where each comes from.
import type { Control, Property } from '@retour/collector/control';
import type { Feed } from '../live/feed.ts';
import type { Store } from '../store/createStore.ts';

export interface ApiDeps {
  readonly store: Pick<Store, 'query'>;
  /** The property that a read token opens; undefined for any other text. */
  tokenOf(token: string): Property | undefined;
  readonly control: Pick<Control, 'writeKeysOf'>;
  readonly feed: Feed;
  /** Epoch ms. */
  now(): number;
  readonly version: string;
  /** The beacon endpoint, absolute, without a key. */
  readonly endpoint: string;
  /** Where the sample page is served; null where it is not. */
  readonly sampleUrl: string | null;
  /** Takes what a caller must not see: the cause of a 5xx. */
  readonly onFault: (error: unknown) => void;
}
