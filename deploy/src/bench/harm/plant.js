// What the self-test plants in the SDK's place: an adapter around the real one that holds the main thread
// for PLANTED_MS at one place, or that lets go of nothing. A bench that does not see it sees nothing.
const PLANTED_MS = 100;
/** What is made or asked for this long after the attach is a heartbeat's. */
export const HEARTBEAT_FROM_MS = 3_000;

function hold() {
  const until = performance.now() + PLANTED_MS;
  while (performance.now() < until);
}

const PLACES = {
  attach: hold,
  listener: ({ hls }) => hls.once('hlsFragLoaded', hold),
  timer: () => setTimeout(hold, 100),
  promise: () => Promise.resolve().then(hold),
  heartbeat() {
    const { fetch } = window;
    const from = performance.now();
    window.fetch = (...given) => {
      if (performance.now() - from > HEARTBEAT_FROM_MS) hold();
      return fetch(...given);
    };
  },
  destroy: () => hold,
  leak({ hls, video }) {
    hls.on('hlsFragLoaded', () => undefined);
    video.addEventListener('timeupdate', () => undefined);
    setInterval(() => undefined, 1_000);
  },
};

export function planted(adapter, { place, ...player }) {
  return {
    player: adapter.player,
    attach(port) {
      const atEnd = PLACES[place](player);
      const release = adapter.attach(port);
      return () => {
        if (place === 'destroy') atEnd();
        release();
      };
    },
  };
}
