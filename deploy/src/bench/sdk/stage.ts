// Where the SDKs are measured: an origin with the bench's page and an asset of twelve minutes, and a
// browser that can reach nothing but this machine.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CHROMIUM_FLAGS,
  type Origin,
  type Resource,
  startOrigin,
} from '@retour/player-sdk/conformance';
import { type Browser, chromium, type Page } from 'playwright-core';
import { browserPath } from '../../repository/bringTools.ts';
import { ROOT } from '../../repository/sources.ts';
import { pinMainThread, pinProcess } from '../pinnedProgram.ts';
import { type RecordingCollector, startRecordingCollector } from '../recordingCollector.ts';
import { bundle } from './bundle.ts';

/** The sample's 40 s, so often one after the other. */
const TURNS = 18;
/** Segments of the sample in one of the bench's. */
const JOINED = 3;
const BROWSER_CORE = 0;
const PAGE_CORE = 1;
const MEDIA = join(ROOT, 'deploy', 'sample', 'media', 'vod');
const FLAGS = [
  ...CHROMIUM_FLAGS,
  '--autoplay-policy=no-user-gesture-required',
  // A document that is given by the script has no address: to the browser it came from the public net.
  '--disable-features=LocalNetworkAccessChecks',
  // Whatever an SDK asks for: no name leads anywhere, so that nothing leaves the machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

export interface Stage {
  readonly origin: Origin;
  readonly collector: RecordingCollector;
  /** `asked`: what the page's address asks for. */
  open(asked: readonly string[]): Promise<Page>;
  /**
   * Gives the scripts of the pages opened so far a core of their own, as they have on a device with more of
   * them: else what the browser's other threads take is measured as theirs.
   */
  pin(): Promise<void>;
  close(): Promise<void>;
}

export async function openStage({ heartbeatMs }: { heartbeatMs: number }): Promise<Stage> {
  const script = fileURLToPath(new URL(import.meta.url.replace(/stage(\.[jt]s)$/, 'page$1')));
  const page = await bundle(`import ${JSON.stringify(script)};`);
  const collector = await startRecordingCollector({ heartbeatMs });
  const origin = await startOrigin({
    roots: { '/media/': MEDIA },
    make: (path) => makeResource(path, page),
  });
  const browser = await launch();
  return {
    origin,
    collector,
    async open(asked) {
      const opened = await browser.newPage();
      const address = `${origin.url}/?collector=${encodeURIComponent(collector.url)}&${asked.join('&')}`;
      // Isolated, or the browser rounds its clock to a tenth of a millisecond.
      await opened.route(address, (route) =>
        route.fulfill({ contentType: 'text/html', body: PAGE, headers: ISOLATED }),
      );
      const broken = new Promise<never>((_, reject) => opened.once('pageerror', reject));
      broken.catch(() => undefined); // What breaks later shows in what is measured.
      await opened.goto(address);
      await Promise.race([broken, opened.waitForFunction(() => window.host !== undefined)]);
      return opened;
    },
    async pin() {
      const session = await browser.newBrowserCDPSession();
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      await session.detach();
      for (const { id } of processInfo) pinProcess(BROWSER_CORE, id);
      for (const { id, type } of processInfo) if (type === 'renderer') pinMainThread(PAGE_CORE, id);
    },
    async close() {
      await browser.close();
      await Promise.all([origin.close(), collector.close()]);
    },
  };
}

function launch(): Promise<Browser> {
  const executablePath = browserPath();
  if (executablePath === undefined) {
    throw new Error('There is no Chromium: install it, or set CHROME_PATH to its program.');
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};
const PAGE = `<!doctype html><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,">
<body><script type="module" src="/page.js"></script></body>`;

async function makeResource(path: string, page: string): Promise<Resource | undefined> {
  if (path === '/page.js') return { type: 'text/javascript', body: Buffer.from(page) };
  if (!path.startsWith('/media/long/')) return undefined;
  const [track = '', name = track] = path.slice('/media/long/'.length).split('/');
  if (/^[\d-]+\.m4s$/.test(name)) return joinSegments(track, name);
  const file = join(MEDIA, path.slice('/media/long/'.length));
  const text = await readFile(file, 'utf8').catch(() => undefined); // Not there: 404.
  if (text === undefined || !name.endsWith('.m3u8')) return undefined;
  const body = name === 'master.m3u8' ? text : toLong(text, track);
  return { type: 'application/vnd.apple.mpegurl', body: Buffer.from(body) };
}

/** `000-001-002.m4s`: the sample's segments of 2 s joined to one of 6 s, as most services have them. */
async function joinSegments(track: string, name: string): Promise<Resource> {
  const numbers = name.replace('.m4s', '').split('-');
  const parts = await Promise.all(numbers.map((n) => readFile(join(MEDIA, track, `${n}.m4s`))));
  return { type: 'video/iso.segment', body: Buffer.concat(parts) };
}

/** The same segments again and again, each turn after a discontinuity. */
function toLong(playlist: string, track: string): string {
  const segments = [...playlist.matchAll(/#EXTINF:([\d.]+),\n(\d+)\.m4s/g)];
  const head = playlist
    .slice(0, segments[0]?.index)
    .replace(/URI="([^"]+)"/, `URI="/media/${track}/$1"`)
    .replace(/(TARGETDURATION:)\d+/, `$1${2 * JOINED}`);
  const turn: string[] = [];
  for (let i = 0; i < segments.length; i += JOINED) {
    const group = segments.slice(i, i + JOINED);
    const seconds = group.reduce((sum, [, duration]) => sum + Number(duration), 0);
    turn.push(`#EXTINF:${seconds.toFixed(6)},`, `${group.map(([, , n]) => n).join('-')}.m4s`);
  }
  const turns = Array.from({ length: TURNS }, () => turn.join('\n'));
  return `${head}${turns.join('\n#EXT-X-DISCONTINUITY\n')}\n#EXT-X-ENDLIST\n`;
}
