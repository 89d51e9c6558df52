// Retour in the kit's page, as its documentation says it is added.
import { type Adapter, monitor } from '@retour/player-sdk';
import { ads } from '@retour/player-sdk/ads';
import { dashjs } from '@retour/player-sdk/dashjs';
import { hlsjs } from '@retour/player-sdk/hlsjs';
import { html5 } from '@retour/player-sdk/html5';
import { shaka } from '@retour/player-sdk/shaka';
import { videojs } from '@retour/player-sdk/videojs';
import type { Mounted, PageSdk, ViewFacts } from '../page/pageSdk.ts';

export const pageSdk: PageSdk = {
  start(mounted) {
    const view = monitor(toAdapter(mounted), {
      key: 'conformance',
      endpoint: mounted.facts.collector,
      privacy: 'consented',
      ...toViewFacts(mounted.facts),
    });
    const { breakStart, inserted, ...told } = ads(view);
    return {
      ads: {
        ...told,
        breakStart: (slot) => breakStart({ slot, expected: 1 }),
        inserted: (ranges) => void inserted(ranges, mounted.element),
      },
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
    case 'videojs':
      return videojs(instance as Parameters<typeof videojs>[0]);
    case 'dashjs':
      return dashjs(instance as Parameters<typeof dashjs>[0]);
    case 'shaka':
      return shaka(instance as Parameters<typeof shaka>[0], element);
    case 'html5':
      return html5(element);
  }
}
