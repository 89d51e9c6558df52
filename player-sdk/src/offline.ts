// `@retour/player-sdk/offline`: keeps what could not be delivered until the next visit. Handed to the
// monitor as `{ offline: offline() }`, and never used in the mode `none`.
import type { OpenStore } from './contract/store.ts';
import { openOfflineStore } from './platform/offlineStore.ts';

export type { OpenStore } from './contract/store.ts';

export function offline(): OpenStore {
  return openOfflineStore;
}
