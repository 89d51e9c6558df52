// The three ways to play the sample: each attaches its player to the element and says how the SDK
// reads it. Nothing is loaded before play.
import type { Adapter } from '@retour/player-sdk';
import { hlsjs } from '@retour/player-sdk/hlsjs';
import { html5 } from '@retour/player-sdk/html5';
import Hls from 'hls.js';

export type PlayerName = 'hlsjs' | 'native' | 'mp4';
export type StreamName = 'vod' | 'live';

export interface Playing {
  readonly adapter: Adapter;
  /** Loads and plays. To be called once, after the SDK has the adapter. */
  start(): Promise<void>;
  stop(): void;
}

/** Why a choice cannot be played here, or nothing. */
export function whyNot(player: PlayerName, stream: StreamName, video: HTMLVideoElement): string {
  if (player === 'mp4' && stream === 'live') return 'A plain MP4 cannot be live.';
  if (player === 'hlsjs' && !Hls.isSupported())
    return 'This browser has no Media Source Extensions.';
  if (player === 'native' && video.canPlayType('application/vnd.apple.mpegurl') === '') {
    return 'This browser does not play HLS by itself.';
  }
  return '';
}

export function createPlaying(
  video: HTMLVideoElement,
  player: PlayerName,
  stream: StreamName,
): Playing {
  if (player === 'hlsjs') return createHlsjs(video, `media/${stream}/master.m3u8`);
  const url = player === 'mp4' ? 'media/vod/plain.mp4' : `media/${stream}/master.m3u8`;
  return {
    adapter: html5(video),
    start() {
      video.src = url;
      return video.play();
    },
    stop: () => unload(video),
  };
}

function createHlsjs(video: HTMLVideoElement, url: string): Playing {
  const hls = new Hls();
  return {
    adapter: hlsjs(hls, video),
    start() {
      const playing = new Promise<void>((resolve, reject) => {
        hls.once(Hls.Events.MANIFEST_PARSED, () => video.play().then(resolve, reject));
        hls.on(Hls.Events.ERROR, (_, data) => {
          if (data.fatal) reject(new Error(data.error.message));
        });
      });
      hls.loadSource(new URL(url, location.href).href);
      hls.attachMedia(video);
      return playing;
    },
    stop() {
      hls.destroy();
      unload(video);
    },
  };
}

function unload(video: HTMLVideoElement): void {
  video.removeAttribute('src');
  video.load();
}
