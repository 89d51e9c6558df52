// What the tests of real players load into a page: their adapters, a port that writes down, on the
// page's own clock, and a way to wait for what an element does.
import { createRecordedPort, type RecordedPort } from './recordPort.ts';

export { dashjs } from '../src/adapters/dashjs.ts';
export { hlsjs } from '../src/adapters/hlsjs.ts';
export { html5 } from '../src/adapters/html5.ts';
export { shaka } from '../src/adapters/shaka.ts';
export { videojs } from '../src/adapters/videojs.ts';

export function createLivePort(): RecordedPort {
  return Object.defineProperty(createRecordedPort(), 'at', { get: () => performance.now() });
}

/** Asked 50 times a second, for 20 s. */
export function until(happened: () => boolean): Promise<void> {
  const endsAt = performance.now() + 20_000;
  return new Promise((resolve, reject) => {
    const timer = setInterval(() => {
      const late = performance.now() > endsAt;
      if (!late && !happened()) return;
      clearInterval(timer);
      if (late) reject(new Error(`Never: ${happened}, at ${video().currentTime} s`));
      else resolve();
    }, 20);
  });
}

export function video(): HTMLVideoElement {
  return document.querySelector('video') ?? document.createElement('video');
}

/** What a test takes home. */
export function toRecord({ signals, failures, described }: RecordedPort) {
  return { signals, failures: failures.map(String), described };
}

/** It plays, or never will. */
export function isDecided({ signals }: RecordedPort): boolean {
  return video().currentTime > 0.5 || signals.some((s) => s.type === 'error' && s.fatal);
}
