// hls.js.
import { hlsjs } from '@retour/player-sdk/hlsjs';
import Hls from 'hls.js';
import { begin, type Playing } from './playing.ts';

export function createHlsjs(video: HTMLVideoElement): Playing {
  const hls = new Hls();
  const load = (url: string) =>
    new Promise((resolve, reject) => {
      hls.once(Hls.Events.MANIFEST_PARSED, () => begin(video).then(resolve, reject));
      hls.on(Hls.Events.ERROR, (_, data) => {
        if (data.fatal) reject(new Error(data.error.message));
      });
      hls.loadSource(url);
    });
  return {
    adapter: hlsjs(hls, video),
    start(url) {
      const playing = load(url);
      hls.attachMedia(video);
      return playing;
    },
    change: load,
    stop: () => hls.destroy(),
  };
}
