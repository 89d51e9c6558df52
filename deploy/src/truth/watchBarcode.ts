// Runs inside the page: reads the frame number that is burnt into the picture, as often as the
// screen is drawn. It looks at pixels only, so that it knows nothing that a player or the SDK says.

/** One change of the picture: epoch ms, frame number. */
export type Seen = readonly [at: number, frame: number];

/** 20 equal cells along the bottom tenth: white, black, 16 bits, parity, black (see generate.sh). */
const WATCHER = `(() => {
  const CELLS = 20;
  const canvas = document.createElement('canvas');
  canvas.width = CELLS * 4;
  canvas.height = 4;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  const seen = [];
  window.barcodes = seen;
  let last = -1;
  function read(video) {
    const { videoWidth: w, videoHeight: h } = video;
    if (w === 0) return -1;
    brush.drawImage(video, 0, h * 0.93, w, h * 0.04, 0, 0, canvas.width, canvas.height);
    const { data } = brush.getImageData(0, 2, canvas.width, 1);
    const bits = Array.from({ length: CELLS }, (_, i) => data[(i * 4 + 2) * 4] > 127 ? 1 : 0);
    if (bits[0] !== 1 || bits[1] !== 0 || bits[19] !== 0) return -1;
    const number = bits.slice(2, 18).reduce((n, bit) => n * 2 + bit, 0);
    const ones = bits.slice(2, 18).reduce((n, bit) => n + bit, 0);
    return ones % 2 === bits[18] ? number : -1;
  }
  function look() {
    const video = document.querySelector('video');
    const frame = video ? read(video) : -1;
    if (frame >= 0 && frame !== last) {
      last = frame;
      seen.push([performance.timeOrigin + performance.now(), frame]);
    }
    setTimeout(look, 8);
  }
  look();
})();`;

/** To be injected before the page's own scripts. */
export const BARCODE_WATCHER: string = WATCHER;

export interface Still {
  readonly from: number;
  readonly to: number;
  readonly ms: number;
  readonly frame: number;
}

/**
 * Where the picture stood still for at least `leastMs` and went on from there. A picture that skips
 * ahead afterwards was not waiting: this machine was too busy to draw it while it played.
 */
export function toStills(
  seen: readonly Seen[],
  { leastMs, frameMs }: { leastMs: number; frameMs: number },
): Still[] {
  return seen.flatMap(([at, frame], i) => {
    const next = seen[i + 1];
    if (next === undefined) return [];
    const ms = next[0] - at;
    const skippedMs = Math.max(0, next[1] - frame - 1) * frameMs;
    return ms - frameMs - skippedMs < leastMs ? [] : [{ from: at, to: next[0], ms, frame }];
  });
}
