// Hears the beep that each second of the kit's content begins with. It listens to the sound only, so that
// it knows nothing that a player or an SDK says.

declare global {
  interface Window {
    /** When each beep began, epoch ms. */
    beeps: number[];
  }
}

/** Between two listenings, ms; and the samples of each: 48 000 a second. */
const LISTEN_MS = 5;
const SAMPLES = 512;
/** A beep has 0.35; what is between has none. */
const LOUD = 0.02;

export function hearBeeps(element: HTMLMediaElement): void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = SAMPLES;
  context.createMediaElementSource(element).connect(analyser).connect(context.destination);
  const wave = new Float32Array(SAMPLES);
  let loud = false;
  window.beeps = [];
  setInterval(() => {
    analyser.getFloatTimeDomainData(wave);
    const before = loud;
    loud = wave.some((level) => Math.abs(level) > LOUD);
    if (loud && !before) window.beeps.push(performance.timeOrigin + performance.now());
  }, LISTEN_MS);
}
