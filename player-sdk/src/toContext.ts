// Builds a view's context from what the page says, what the player says and what the browser says,
// as far as the privacy mode allows, within the contract's bounds.
import type { Context, Player, PrivacyMode } from './contract/context.ts';
import { toFitting } from './contract/fit.ts';
import type { ViewFacts } from './options.ts';
import type { Platform } from './platform/platform.ts';

export interface ContextSource {
  readonly facts: ViewFacts;
  readonly player: Player;
  readonly privacy: PrivacyMode;
  /** Of the device, where the browser told it (asked with consent only). */
  readonly model?: string | undefined;
}

/** One revision of the context. Its weight is put when the view is first sent. */
export function toContext(platform: Platform, source: ContextSource, rev: number): Context {
  const { facts, model, player, privacy } = source;
  const { viewer, player: better, ...named } = facts;
  const connection = platform.readConnection();
  const device = platform.readDevice(privacy);
  return toFitting<Context>({
    ...named,
    rev,
    weight: 1,
    privacy,
    player: { ...player, ...better },
    page: platform.readPage(privacy),
    device: model === undefined ? device : { ...device, model },
    ...(connection && { connection }),
    ...(viewer && privacy === 'consented' && { viewer: { id: viewer.id } }),
  });
}
