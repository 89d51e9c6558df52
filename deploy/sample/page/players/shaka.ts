// Shaka Player.
import { shaka as readShaka } from '@retour/player-sdk/shaka';
import shaka from 'shaka-player';
import { begin, type Playing } from './playing.ts';

export function createShaka(video: HTMLVideoElement): Playing {
  const player = new shaka.Player();
  const load = (url: string) => player.load(url).then(() => begin(video));
  return {
    adapter: readShaka(player, video),
    start: (url) => player.attach(video).then(() => load(url)),
    change: load,
    stop: () => void player.destroy(),
  };
}
