// Retour in the kit's page, as its documentation says it is added.
import { type Adapter, monitor } from '@retour/player-sdk';
import { hlsjs } from '@retour/player-sdk/hlsjs';
import { html5 } from '@retour/player-sdk/html5';
import type { Mounted, PageSdk, ViewFacts } from '../page/pageSdk.ts';

export const pageSdk: PageSdk = {
  start(mounted) {
    const view = monitor(toAdapter(mounted), {
      key: 'conformance',
      endpoint: mounted.facts.collector,
      ...toViewFacts(mounted.facts),
    });
    return {
      requested: () => view.request(),
      next: (facts) => view.update(toViewFacts(facts)),
      stop: () => view.destroy(),
    };
  },
};

function toViewFacts({ asset, live }: ViewFacts) {
  return { asset: { id: asset, title: asset, streamType: live ? 'live' : 'vod' } } as const;
}

/** The instance is what the player's name says: the kit made it. */
function toAdapter({ player, instance, element }: Mounted): Adapter {
  switch (player) {
    case 'hlsjs':
      return hlsjs(instance as Parameters<typeof hlsjs>[0], element);
    default:
      return html5(element);
  }
}
