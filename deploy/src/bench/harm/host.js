// The host page of `bench harm`: plays the sample through hls.js, with the SDK or without, and says
// when the first frame came. It measures with the browser's own means, never with the SDK's.
import { hlsjs } from '/sdk/adapters/hlsjs.js';
import { monitor } from '/sdk/index.js';

const { Hls } = window;
const video = document.getElementById('video');
/** One rendition: with several, hls.js starts at its next tick or the one after, 100 ms apart, by chance. */
const SOURCE = '/media/240/index.m3u8';
const HOSTILE = () => {
  throw new Error('the host throws');
};

/** Methods of the page that the SDK stands on, each made to throw. */
function breakPage() {
  window.fetch = HOSTILE;
  navigator.sendBeacon = HOSTILE;
  window.ResizeObserver = HOSTILE;
  video.getVideoPlaybackQuality = HOSTILE;
  Object.defineProperty(document, 'title', { get: HOSTILE });
}

function measure(hls, { endpoint, hostile }) {
  if (hostile) breakPage();
  return monitor(hlsjs(hls, video), {
    key: 'harm',
    endpoint,
    asset: { id: 'sample' },
    privacy: 'consented',
    ...(hostile && { debug: HOSTILE }),
  });
}

/** What is cold in a browser (decoders, the player's code) varies more than any SDK could matter. */
window.warmUp = async (playMs) => {
  const hls = new Hls();
  hls.loadSource(SOURCE);
  hls.attachMedia(video);
  await video.play();
  await new Promise((resolve) => setTimeout(resolve, playMs));
  hls.destroy();
};

/** One start: ms from the player's making to the first frame that was presented, and how far it played since. */
window.start = async ({ sdk, endpoint, hostile, playMs }) => {
  const frames = [];
  new PerformanceObserver((list) => {
    for (const frame of list.getEntries()) {
      for (const script of frame.scripts) {
        if (script.sourceURL.includes('/sdk/')) frames.push(script.duration);
      }
    }
  }).observe({ type: 'long-animation-frame', buffered: true });
  const at = performance.now();
  const hls = new Hls();
  const monitored = sdk ? measure(hls, { endpoint, hostile }) : undefined;
  hls.loadSource(SOURCE);
  hls.attachMedia(video);
  const first = new Promise((resolve) => {
    video.requestVideoFrameCallback(() => resolve(performance.now() - at));
  });
  await video.play();
  const startupMs = await first;
  const from = video.currentTime;
  await new Promise((resolve) => setTimeout(resolve, playMs)); // The stretch that is watched.
  const playedMs = (video.currentTime - from) * 1000;
  monitored?.destroy();
  hls.destroy();
  return { startupMs, playedMs, longestTaskMs: Math.max(0, ...frames) };
};

/** Attaches and destroys, so that what stays behind adds up. */
window.attach = async ({ times, endpoint }) => {
  window.hls ??= new Hls();
  window.hls.attachMedia(video);
  for (let i = 0; i < times; i += 1) {
    const monitored = monitor(hlsjs(window.hls, video), {
      key: 'harm',
      endpoint,
      asset: { id: `sample ${i}` },
    });
    monitored.request();
    monitored.update({ asset: { id: `sample ${i}`, title: 'Again' } });
    monitored.destroy();
    await new Promise((resolve) => setTimeout(resolve, 0)); // Lets what was sent be answered.
  }
};
window.ready = true;
