// mux-embed in the kit's page, as its documentation says it is added: with its own reading of hls.js and
// dash.js, else on the element (video.js and Shaka have packages of their own, which are not mux-embed).
import mux from 'mux-embed';
import type { Mounted, PageSdk } from '../page/pageSdk.ts';

export const pageSdk: PageSdk = {
  start(mounted) {
    const { player, element } = mounted;
    if (player !== 'dashjs') monitor(mounted);
    return {
      // It asks dash.js for its source at once, which throws where there is none.
      loaded: () => {
        if (player === 'dashjs') monitor(mounted);
      },
      ads: {
        breakStart: () => mux.emit(element, 'adbreakstart', {}),
        start() {
          mux.emit(element, 'adplay', {});
          mux.emit(element, 'adplaying', {});
        },
        complete: () => mux.emit(element, 'adended', {}),
        breakEnd: () => mux.emit(element, 'adbreakend', {}),
        inserted() {}, // It takes no ranges.
      },
      next: ({ asset }) => mux.emit(element, 'videochange', { video_id: asset }),
      stop: () => mux.destroyMonitor(element),
    };
  },
};

function monitor({ player, element, instance, library, facts }: Mounted): void {
  mux.monitor(element, {
    beaconCollectionDomain: facts.collector,
    disableCookies: true,
    ...toPlayer({ player, instance, library }),
    data: { env_key: 'conformance', video_id: facts.asset, player_init_time: Date.now() },
  });
}

function toPlayer({ player, instance, library }: Pick<Mounted, 'player' | 'instance' | 'library'>) {
  if (player === 'hlsjs') return { hlsjs: instance, Hls: library };
  return player === 'dashjs' ? { dashjs: instance } : {};
}
