// dash.js.
import { dashjs } from '@retour/player-sdk/dashjs';
import { MediaPlayer } from 'dashjs';
import { begin, type Playing } from './playing.ts';

export function createDashjs(video: HTMLVideoElement): Playing {
  const player = MediaPlayer().create();
  player.initialize(video, undefined, video.autoplay);
  const load = (url: string) => {
    player.attachSource(url);
    return begin(video);
  };
  return {
    adapter: dashjs(player),
    start: load,
    change: load,
    stop: () => player.destroy(),
  };
}
