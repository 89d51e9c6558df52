// Runs inside the page: reads the frame number that is burnt into the picture, as often as the
// screen is drawn. It looks at pixels only, so that it knows nothing that a player or the SDK says.

/** One change of the picture: epoch ms at which the screen showed it, frame number. */
export type Seen = readonly [at: number, frame: number];

/** The picture of one element, in the order in which the elements came. */
export interface Picture {
  readonly seen: readonly Seen[];
  /** Its height whenever that changed: which rendition is on the screen. */
  readonly heights: readonly (readonly [at: number, height: number])[];
}

declare global {
  interface Window {
    /** Of the first element. */
    barcodes: Seen[];
    pictures: Picture[];
    /** When no frame was read for longer than one lasts, as the page was busy: epoch ms. */
    blinks: (readonly [from: number, to: number])[];
    /** The frame number in a picture of this size; -1 where there is none. */
    readBarcode: (picture: CanvasImageSource, width: number, height: number) => number;
    /** Set while nobody is to look: a video that is drawn elsewhere counts as seen for the browser. */
    blind?: boolean;
  }
}

/**
 * From a frame being read for the first time to the browser drawing it, ms: it hands out what the next
 * refresh of the screen shows. The median of what its own screencast says; `watchBarcode.slow.test.ts`.
 */
const SHOWN_AFTER_MS = 12;

/** 20 equal cells along the bottom tenth: white, black, 16 bits, parity, black (see generate.sh). */
const WATCHER = `(() => {
  const CELLS = 20;
  const canvas = document.createElement('canvas');
  canvas.width = CELLS * 4;
  canvas.height = 4;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  const known = new Map();
  window.barcodes = [];
  window.pictures = [];
  window.blinks = [];
  window.readBarcode = (picture, w, h) => {
    if (w === 0) return -1;
    brush.drawImage(picture, 0, h * 0.93, w, h * 0.04, 0, 0, canvas.width, canvas.height);
    const { data } = brush.getImageData(0, 2, canvas.width, 1);
    const bits = Array.from({ length: CELLS }, (_, i) => data[(i * 4 + 2) * 4] > 127 ? 1 : 0);
    if (bits[0] !== 1 || bits[1] !== 0 || bits[19] !== 0) return -1;
    const number = bits.slice(2, 18).reduce((n, bit) => n * 2 + bit, 0);
    const ones = bits.slice(2, 18).reduce((n, bit) => n + bit, 0);
    return ones % 2 === bits[18] ? number : -1;
  };
  function pictureOf(video) {
    let picture = known.get(video);
    if (picture === undefined) {
      picture = { seen: window.pictures.length === 0 ? window.barcodes : [], heights: [] };
      known.set(video, picture);
      window.pictures.push(picture);
    }
    return picture;
  }
  let before = 0;
  function look() {
    if (window.blind) before = 0;
    else lookAtAll();
    setTimeout(look, 8);
  }
  function lookAtAll() {
    const at = performance.timeOrigin + performance.now();
    if (before > 0 && at - before > 40) window.blinks.push([before + ${SHOWN_AFTER_MS}, at + ${SHOWN_AFTER_MS}]);
    before = at;
    for (const video of document.querySelectorAll('video')) {
      const { seen, heights } = pictureOf(video);
      const frame = window.readBarcode(video, video.videoWidth, video.videoHeight);
      if (frame < 0) continue;
      if (frame !== seen.at(-1)?.[1]) seen.push([at + ${SHOWN_AFTER_MS}, frame]);
      if (video.videoHeight !== heights.at(-1)?.[1]) heights.push([at + ${SHOWN_AFTER_MS}, video.videoHeight]);
    }
  }
  look();
})();`;

/** To be injected before the page's own scripts. */
export const BARCODE_WATCHER: string = WATCHER;
