// The browser's own player: a file, or HLS where it can.
import { html5 } from '@retour/player-sdk/html5';
import { begin, type Playing } from './playing.ts';

export function createHtml5(video: HTMLVideoElement): Playing {
  const load = (url: string) => {
    video.src = url;
    return begin(video);
  };
  return {
    adapter: html5(video),
    start: load,
    change: load,
    stop() {
      video.removeAttribute('src');
      video.load();
    },
  };
}
