// The ways to play the sample. Each player's code is loaded when it is chosen, so that the page does
// not carry five.
import type { Playing } from './players/playing.ts';

export type PlayerName = 'hlsjs' | 'videojs' | 'dashjs' | 'shaka' | 'native' | 'mp4';
export type StreamName = 'vod' | 'live';
export type NetworkName = 'whole' | 'slow' | 'missing';

export interface Choice {
  readonly player: PlayerName;
  readonly stream: StreamName;
  readonly network: NetworkName;
}

export type CreatePlaying = (video: HTMLVideoElement) => Playing;

const html5 = async () => (await import('./players/html5.ts')).createHtml5;

const LOADERS: Readonly<Record<PlayerName, () => Promise<CreatePlaying>>> = {
  hlsjs: async () => (await import('./players/hlsjs.ts')).createHlsjs,
  videojs: async () => (await import('./players/videojs.ts')).createVideojs,
  dashjs: async () => (await import('./players/dashjs.ts')).createDashjs,
  shaka: async () => (await import('./players/shaka.ts')).createShaka,
  native: html5,
  mp4: html5,
};

export const TITLES: Readonly<Record<PlayerName, string>> = {
  hlsjs: 'hls.js',
  videojs: 'video.js',
  dashjs: 'dash.js',
  shaka: 'Shaka Player',
  native: 'the browser',
  mp4: 'the browser',
};

/** The player's code. Asked for again, it is at hand. */
export function loadPlayer(player: PlayerName): Promise<CreatePlaying> {
  return LOADERS[player]();
}

/** Why a choice cannot be played here, or nothing. */
export function whyNot({ player, stream, network }: Choice): string {
  if (player === 'mp4' && stream === 'live') return 'A plain MP4 cannot be live.';
  if (player === 'mp4' && network !== 'whole')
    return 'Slow and 404 work on segments, and a plain MP4 has none: choose As it is.';
  if (stream === 'live' && network !== 'whole')
    return 'Slow and 404 work with the stream On demand only.';
  if (player === 'native') {
    const can = document.createElement('video').canPlayType('application/vnd.apple.mpegurl');
    return can === '' ? 'This browser does not play HLS by itself.' : '';
  }
  if (player !== 'mp4' && !('MediaSource' in window || 'ManagedMediaSource' in window))
    return 'This browser has no Media Source Extensions.';
  return '';
}

/** Absolute, since players resolve what is relative in their own ways. */
export function toMediaUrl({ player, stream, network }: Choice): string {
  const folder = network === 'whole' ? stream : network;
  const dash = player === 'dashjs' || player === 'shaka';
  const file = player === 'mp4' ? 'plain.mp4' : dash ? 'manifest.mpd' : 'master.m3u8';
  return new URL(`media/${folder}/${file}`, location.href).href;
}
