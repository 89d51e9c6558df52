// The host page of `bench loss`: plays until it is closed. It adds up by itself how far the playhead
// ran, as the truth that the last summary is held against.
import { hlsjs } from '/sdk/adapters/hlsjs.js';
import { monitor } from '/sdk/index.js';
import { offline } from '/sdk/offline.js';

const { Hls } = window;
const video = document.getElementById('video');
const LOOK_MS = 20;
/** A step further than this between two looks was a jump. */
const JUMP_S = 1;

let playedS = 0;
let last = 0;

function look() {
  const step = video.currentTime - last;
  if (step > 0 && step < JUMP_S) playedS += step;
  last = video.currentTime;
}

/** Begins a view; answers its id. */
window.begin = ({ endpoint }) => {
  const hls = new Hls();
  const monitored = monitor(hlsjs(hls, video), {
    key: 'loss',
    endpoint,
    asset: { id: 'sample' },
    privacy: 'exempt',
    offline: offline(),
  });
  setInterval(look, LOOK_MS);
  hls.loadSource('/media/240/index.m3u8');
  hls.attachMedia(video);
  video.play().catch(() => undefined); // The page may be closed before it plays.
  window.monitored = monitored;
  return monitored.view;
};

/** How much was played until now, ms. */
window.played = () => {
  look();
  return playedS * 1000;
};

/** Comes back only to deliver what an earlier visit has left. */
window.comeBack = ({ endpoint }) => {
  window.monitored = monitor(hlsjs(new Hls(), video), {
    key: 'loss',
    endpoint,
    asset: { id: 'sample' },
    privacy: 'exempt',
    offline: offline(),
  });
};
window.ready = true;
