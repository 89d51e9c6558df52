// video.js, with its own HLS (VHS) wherever the browser has one too.
import { videojs as readVideojs } from '@retour/player-sdk/videojs';
import videojs from 'video.js';
import 'video.js/dist/video-js.css';
import type { Playing } from './playing.ts';

export function createVideojs(video: HTMLVideoElement): Playing {
  video.classList.add('video-js');
  const player = videojs(video, {
    controls: true,
    fill: true,
    html5: { vhs: { overrideNative: true }, nativeAudioTracks: false, nativeVideoTracks: false },
  });
  const load = (url: string) => {
    player.src({ src: url, type: 'application/x-mpegURL' });
    return player.autoplay() ? Promise.resolve() : Promise.resolve(player.play());
  };
  return {
    adapter: readVideojs(player),
    start: load,
    change: load,
    stop: () => player.dispose(),
  };
}
