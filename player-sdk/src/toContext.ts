// Builds a view's context from what the page says, what the player says and what the browser says,
// as far as the privacy mode allows, within the contract's bounds.
import type { Context, Player, PrivacyMode } from './contract/context.ts';
import { toFitting } from './contract/fit.ts';
import type { ViewFacts } from './options.ts';
import type { Platform } from './platform/platform.ts';
import { toPermitted } from './privacy.ts';

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
  const { asset, custom, drm, experiments, recommendation, token, viewer } = facts;
  const { page, device, connection } = platform.readBrowser();
  const said = {
    rev,
    asset,
    player: Object.assign({}, player, toFitting({ player: facts.player }).player),
    privacy,
    weight: 1,
    page,
    device: Object.assign(device, { model }),
    connection,
    viewer: viewer && { id: viewer.id },
    experiments,
    custom,
    recommendation,
    drm: drm || undefined, // A player says '' where the next source has none.
    token,
  };
  return toPermitted(toFitting(said) as Context, privacy); // Fitting leaves out what is undefined.
}
