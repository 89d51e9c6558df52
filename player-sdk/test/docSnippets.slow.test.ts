// What the documentation gives to copy: each player's lines play in a real browser and send a beacon,
// and all TypeScript in it holds against the SDK's own types.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Origin, openBrowser, startOrigin } from '@retour/player-sdk/conformance';
import type { WireBeacon } from '@retour/player-sdk/contract';
import type { Browser, Route } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readSnippets, type Snippet, toServed } from './docSnippets.ts';
import { CHROMIUM, cannotPlay } from './openProfile.ts';

const ROOT = join(import.meta.dirname, '..');
const MEDIA = join(ROOT, '../deploy/sample/media/vod');

const snippets = readSnippets();
const runnable = snippets.filter((snippet) => snippet.runnable);

describe.skipIf(cannotPlay)("a player's page of the documentation", () => {
  let origin: Origin;
  let browser: Browser;
  let script = '';
  beforeAll(async () => {
    origin = await startOrigin({
      roots: { '/media/film-42/': MEDIA },
      make(path) {
        if (path === '/') return { type: 'text/html', body: Buffer.from(PAGE) };
        return path === '/page.js'
          ? { type: 'text/javascript', body: Buffer.from(script) }
          : undefined;
      },
    });
    browser = await openBrowser(CHROMIUM);
  });
  afterAll(async () => {
    await browser?.close();
    await origin?.close();
  });

  it('is there for each of the five', () => {
    const pages = runnable.map(({ page }) => page).sort();
    expect(pages).toEqual(['dashjs.md', 'hlsjs.md', 'html5.md', 'shaka.md', 'videojs.md']);
  });

  it.each(runnable)('plays and sends: $name', async (snippet) => {
    script = await bundle(snippet);
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    const sent: WireBeacon[] = [];
    await page.route('**/feed/**', (route) => answer(route, sent));
    await page.goto(origin.url);
    const types = () => sent.flatMap(({ events = [] }) => events.map(({ type }) => type));
    await expect.poll(types, { timeout: 30_000 }).toContain('firstFrame');
    expect(types()).toContain('requested');
    expect(types()).not.toContain('error');
    const { asset, player, privacy } = sent[0]?.ctx ?? {};
    expect(asset?.id).toBe('film-42');
    expect(player?.adapter).toBe(snippet.page.replace('.md', ''));
    expect(privacy).toBe('none');
  });
});

describe.skipIf(cannotPlay)('the conformance kit, as its page has it run for another SDK', () => {
  it('plays with what the page gives to copy', () => {
    const directory = makeDirectory('kit');
    for (const { page, language, code } of snippets) {
      const [, name] = /^\/\/ mine\/(\S+)\n/.exec(code) ?? [];
      if (page !== 'conformance.md' || language !== 'js' || name === undefined) continue;
      writeFileSync(join(directory, name), code);
    }
    const said = execFileSync(
      process.execPath,
      [join(directory, 'run.mjs'), 'nextContent', 'hlsjs'],
      { cwd: join(ROOT, '..'), encoding: 'utf8', env: { ...process.env, CHROME_PATH: CHROMIUM } },
    );
    expect(said).toMatch(/^ok +nextContent +hlsjs/);
  });
});

describe('the documentation', () => {
  it('shows TypeScript that compiles', () => {
    const directory = makeDirectory('docs');
    writeFileSync(join(directory, 'surroundings.d.ts'), SURROUNDINGS);
    writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    const names = new Map<string, string>();
    for (const [i, { name, language, code }] of snippets.entries()) {
      if (language !== 'ts' && language !== 'tsx') continue;
      names.set(`snippet${i}.${language}`, name);
      writeFileSync(join(directory, `snippet${i}.${language}`), `${code}\nexport {};\n`);
    }
    const said = compile(directory).matchAll(/(snippet\d+\.tsx?)(\(.*)/g); // Sources have a check of their own.
    expect([...said].map(([, file = '', what]) => `${names.get(file)}${what}`)).toEqual([]);
  });
});

const PAGE =
  '<!doctype html><title>Docs</title><video muted></video><script src="/page.js" type="module"></script>';

/** Of this test alone; within, so that packages are found. */
function makeDirectory(name: string): string {
  const parent = join(ROOT, 'node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, `${name}-`));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

async function bundle({ page, code }: Snippet): Promise<string> {
  const id = join(import.meta.dirname, `${page}.ts`); // A place from which packages are found.
  const built = await rolldown({
    input: id,
    platform: 'browser',
    logLevel: 'silent',
    resolve: { conditionNames: ['retour-source', 'import', 'default'] },
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      {
        name: 'snippet',
        resolveId: (asked) => (asked === id ? id : undefined),
        load: (asked) => (asked === id ? { code: toServed(code), moduleType: 'ts' } : undefined),
      },
    ],
  });
  const { output } = await built.generate({ format: 'esm', codeSplitting: false });
  await built.close();
  return output[0].code;
}

/** Stands for the collector: settings to who asks, and every beacon is taken. */
async function answer(route: Route, sent: WireBeacon[]): Promise<void> {
  const request = route.request();
  const time = Date.now();
  const body = request.postDataBuffer();
  if (body !== null) {
    const json = body[0] === 0x1f ? gunzipSync(body) : body;
    sent.push(...[JSON.parse(json.toString())].flat());
  }
  await route.fulfill({
    json:
      request.method() === 'GET'
        ? { time, heartbeatMs: 10_000, sampling: 1, privacy: 'consented' }
        : { accepted: 1, rejected: 0, time },
  });
}

/** What pages have at hand where a block does not make it itself. */
const SURROUNDINGS = `import type Hls from 'hls.js';
import type { Monitor } from '@retour/player-sdk';
declare global {
  const video: HTMLVideoElement;
  const hls: Hls;
  const view: Monitor;
  const player: { load(url: string): Promise<void> };
  const address: string;
  const adsManager: import('@retour/player-sdk/ads').ImaManager;
}
`;

const TSCONFIG = {
  extends: '../../../../tsconfig.base.json',
  compilerOptions: {
    noEmit: true,
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    jsx: 'react-jsx',
    // As the bundlers of adopters resolve.
    module: 'ESNext',
    moduleResolution: 'Bundler',
    noUnusedLocals: false,
  },
  include: ['.'],
};

/** What the compiler says; nothing where all is well. */
function compile(directory: string): string {
  const tsc = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  try {
    return execFileSync(process.execPath, [tsc, '-p', directory], { encoding: 'utf8' });
  } catch (error) {
    return String(Object(error).stdout);
  }
}
