// Where the SDKs are measured: an origin with the bench's page and an asset of twelve minutes, and a
// browser that can reach nothing but this machine.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Origin, type Resource, startOrigin } from '@retour/player-sdk/conformance';
import { type Browser, chromium, type Page } from 'playwright-core';
import { browserPath } from '../../repository/bringTools.ts';
import { ROOT } from '../../repository/sources.ts';
import { type RecordingCollector, startRecordingCollector } from '../recordingCollector.ts';
import { bundle } from './bundle.ts';

/** The sample's 40 s, so often one after the other. */
const TURNS = 18;
const MEDIA = join(ROOT, 'deploy', 'sample', 'media', 'vod');
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
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
  const rest = path.slice('/media/long/'.length);
  const text = await readFile(join(MEDIA, rest), 'utf8').catch(() => undefined); // Not there: 404.
  if (text === undefined || !rest.endsWith('.m3u8')) return undefined;
  const body = rest.endsWith('master.m3u8') ? text : toLong(text, rest.split('/')[0] ?? '');
  return { type: 'application/vnd.apple.mpegurl', body: Buffer.from(body) };
}

/** The same segments again and again, each turn after a discontinuity. */
function toLong(playlist: string, track: string): string {
  const absolute = playlist
    .replace(/URI="([^"]+)"/, `URI="/media/${track}/$1"`)
    .replace(/^(\d+\.m4s)$/gm, `/media/${track}/$1`);
  const at = absolute.indexOf('#EXTINF');
  const head = absolute.slice(0, at);
  const turn = absolute.slice(at).replace(/#EXT-X-ENDLIST\s*/, '');
  return `${head}${Array.from({ length: TURNS }, () => turn).join('#EXT-X-DISCONTINUITY\n')}#EXT-X-ENDLIST\n`;
}
