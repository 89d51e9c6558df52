// The host page of `bench harm`: plays the sample through hls.js, with the SDK or without, and says
// when the first frame came. It measures with the browser's own means, never with the SDK's.
import { hlsjs } from '/sdk/adapters/hlsjs.js';
import { monitor } from '/sdk/index.js';
import { watchTimers } from './liveTimers.js';
import { HEARTBEAT_FROM_MS, planted } from './plant.js';

const { Hls } = window;
const video = document.getElementById('video');
/** One rendition: with several, hls.js starts at its next tick or the one after, 100 ms apart, by chance. */
const SOURCE = '/media/240/index.m3u8';
/** For what the SDK still does at its end, and for the browser to tell of the last long task. */
const END_MS = 500;
/** Between the attach and the destroy on a video that plays. */
const FRAMES = 4;
const HOSTILE = () => {
  throw new Error('the host throws');
};

/** Methods of the page that the SDK stands on, each made to throw. */
function breakPage(hostile) {
  window.fetch = HOSTILE;
  navigator.sendBeacon = HOSTILE;
  video.getVideoPlaybackQuality = HOSTILE;
  if (hostile === 'calls') return;
  // At these the SDK gives up, and meets nothing of the rest.
  window.ResizeObserver = HOSTILE;
  Object.defineProperty(document, 'title', { get: HOSTILE });
}

function measure(hls, { endpoint, hostile, plant, asset = { id: 'sample' } }) {
  if (hostile) breakPage(hostile);
  const adapter = hlsjs(hls, video);
  return monitor(plant ? planted(adapter, { place: plant, hls, video }) : adapter, {
    key: 'harm',
    endpoint,
    asset,
    privacy: 'consented',
    ...(hostile && { debug: HOSTILE }),
  });
}

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function load(hls) {
  hls.loadSource(SOURCE);
  hls.attachMedia(video);
}

/** What is cold in a browser (decoders, the player's code) varies more than any SDK could matter. */
window.warmUp = async (playMs) => {
  const hls = new Hls();
  load(hls);
  await video.play();
  await sleep(playMs);
  hls.destroy();
};

/** One start: ms from the player's making to the first frame that was presented, and how far it played since. */
window.start = async ({ sdk, playMs, ...given }) => {
  const at = performance.now();
  const hls = new Hls();
  const monitored = sdk ? measure(hls, given) : undefined;
  load(hls);
  const first = new Promise((resolve) => {
    video.requestVideoFrameCallback(() => resolve(performance.now() - at));
  });
  await video.play();
  const startupMs = await first;
  const from = video.currentTime;
  await sleep(playMs); // The stretch that is watched.
  const playedMs = (video.currentTime - from) * 1000;
  monitored?.destroy();
  hls.destroy();
  return { startupMs, playedMs };
};

/** One play with every stretch of the SDK's code timed from the outside, from its attach to after its end. */
window.time = async ({ playMs, ...given }) => {
  const { installStopwatch, stretches, watch, watchEmitter } = await import('/stopwatch.js');
  const tasks = [];
  const long = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  long.observe({ type: 'longtask' });
  installStopwatch(given.endpoint);
  const hls = new Hls();
  watchEmitter(hls);
  const from = performance.now();
  const monitored = watch(() => measure(hls, given));
  const [attach] = stretches;
  load(hls);
  await video.play();
  await sleep(playMs);
  const heartbeats = stretches.filter(({ made, at }) => made && at - from > HEARTBEAT_FROM_MS);
  watch(() => monitored.destroy());
  const destroy = stretches.at(-1);
  await sleep(END_MS);
  tasks.push(...long.takeRecords());
  hls.destroy();
  return {
    longestMs: Math.max(...stretches.map(({ ms }) => ms), ...toShares(tasks, stretches)),
    attachMs: attach.ms,
    destroyMs: destroy.ms,
    stretches: stretches.length,
    heartbeats: heartbeats.length,
  };
};

/** Of each long task, what the SDK ran in it, in all its stretches together. */
function toShares(tasks, stretches) {
  return tasks.map(({ startTime, duration }) =>
    stretches
      .filter(({ at }) => at >= startTime && at <= startTime + duration)
      .reduce((sum, { ms }) => sum + ms, 0),
  );
}

let hls;
let countTimers;

/** Attaches and destroys, so that what stays behind adds up; the player stays. */
window.attach = async ({ times, playing, endpoint, plant }) => {
  countTimers ??= watchTimers();
  hls ??= openPlayer(playing);
  if (playing) await video.play();
  for (let i = 0; i < times; i += 1) {
    const monitored = measure(hls, { endpoint, plant, asset: { id: `sample ${i}` } });
    monitored.request();
    monitored.update({ asset: { id: `sample ${i}`, title: 'Again' } });
    if (playing) await frames();
    monitored.destroy();
    await sleep(0); // Lets what was sent be answered.
  }
  video.pause(); // While it is looked at, the player has nothing to do.
};

/** All of the sample at once: what is loaded later would be looked at as left behind. */
function openPlayer(playing) {
  const opened = new Hls({ maxBufferLength: 60 });
  if (playing) opened.loadSource(SOURCE);
  opened.attachMedia(video);
  video.loop = true;
  return opened;
}

async function frames() {
  for (let i = 0; i < FRAMES; i += 1) {
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  }
}

/** What is left of all attaches, beside the player's own. */
window.left = () => ({
  timers: countTimers(),
  playerListeners: Object.values(Hls.Events).reduce(
    (sum, event) => sum + hls.listenerCount(event),
    0,
  ),
});
window.ready = true;
