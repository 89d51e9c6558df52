// When a frame is on the screen, by two clocks: the barcode read in the page, and the browser's own
// screencast, which says of each picture when it was drawn.
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../openBrowser.ts';
import { type Origin, startOrigin } from '../origin/origin.ts';
import { BARCODE_WATCHER, type Seen } from './watchBarcode.ts';

const MEDIA = fileURLToPath(new URL('../../../deploy/sample/media/vod', import.meta.url));
const CHROMIUM = process.env.CHROME_PATH || '/usr/bin/chromium';
const SIZE = { width: 480, height: 270 };
/** So many frames, read in time, are enough. */
const FRAMES = 40;
/** A look that comes so soon after the one before it has read a new frame in time, ms: 8 are meant. */
const IN_TIME_MS = 12;
/** Half a refresh of the screen. */
const TOLERANCE_MS = 8;

/**
 * Notes the frames that were read in time. The others, of a machine that was busy elsewhere, say when it
 * had time to look. The page has no timer but the watcher's.
 */
const LOOKS = `(() => {
  window.readInTime = [];
  const { setTimeout: later } = window;
  let before = NaN;
  window.setTimeout = (look, ms) => later(() => {
    const at = performance.now();
    const { length } = barcodes;
    look();
    if (at - before <= ${IN_TIME_MS}) readInTime.push(...barcodes.slice(length));
    before = at;
  }, ms);
})();`;

declare global {
  interface Window {
    readInTime: Seen[];
  }
}

interface Shot {
  /** Epoch ms at which the browser drew it. */
  readonly at: number;
  /** JPEG, in base 64. */
  readonly data: string;
}

let browser: Browser;
let origin: Origin;

beforeAll(async () => {
  const html = `<style>*{margin:0}</style><video src="/media/plain.mp4" muted ${toAttributes(SIZE)}></video>`;
  origin = await startOrigin({
    roots: { '/media/': `${MEDIA}/` },
    make: async (path) =>
      path === '/' ? { type: 'text/html', body: Buffer.from(html) } : undefined,
  });
  browser = await openBrowser(CHROMIUM);
});

afterAll(async () => {
  await browser?.close();
  await origin?.close();
});

describe('BARCODE_WATCHER', () => {
  it('says when the screen showed a frame, to half a refresh', async () => {
    const page = await browser.newPage({ viewport: SIZE });
    await page.addInitScript(LOOKS);
    await page.addInitScript(BARCODE_WATCHER);
    await page.goto(origin.url);
    const shots = await record(page, async () => {
      await page.evaluate(() => document.querySelector('video')?.play());
      await page.waitForFunction((least) => window.readInTime.length > least, FRAMES);
    });
    const read = new Map((await page.evaluate(() => window.readInTime)).map(([at, n]) => [n, at]));
    const drawn = new Map((await readShots(page, shots)).reverse()); // Of each frame the first.
    const lateMs = [...drawn].flatMap(([frame, at]) => at - (read.get(frame) ?? Number.NaN) || []);
    expect(lateMs.length).toBeGreaterThan(FRAMES / 2);
    expect(Math.abs(medianOf(lateMs))).toBeLessThan(TOLERANCE_MS);
  });
});

async function record(page: Page, act: () => Promise<void>): Promise<Shot[]> {
  const session = await page.context().newCDPSession(page);
  const shots: Shot[] = [];
  session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    shots.push({ at: (metadata.timestamp ?? Number.NaN) * 1000, data });
    void session.send('Page.screencastFrameAck', { sessionId });
  });
  await session.send('Page.startScreencast', { format: 'jpeg' });
  await act();
  await session.send('Page.stopScreencast');
  return shots;
}

/** The frame number of each, by the watcher's own reading: it takes a drawn picture for a video. */
function readShots(page: Page, shots: readonly Shot[]): Promise<[frame: number, at: number][]> {
  return page.evaluate(async (all) => {
    const found: [number, number][] = [];
    for (const { at, data } of all) {
      const image = new Image();
      image.src = `data:image/jpeg;base64,${data}`;
      await image.decode();
      const frame = window.readBarcode(image, image.naturalWidth, image.naturalHeight);
      if (frame >= 0) found.push([frame, at]);
    }
    return found;
  }, shots);
}

function toAttributes(size: object): string {
  return Object.entries(size)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ');
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
