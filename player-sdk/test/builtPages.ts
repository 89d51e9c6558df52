// Pages of a publisher that load the SDK as it is built: by modules or by the script tag, under the
// publisher's own security policy, in a real Chromium that plays the sample.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Captured,
  type Origin,
  openBrowser,
  startCollector,
  startOrigin,
} from '@retour/player-sdk/conformance';
import type { BrowserContext, Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { onTestFinished } from 'vitest';
import { bundleEntries } from '../build/entries.mjs';
import { bundleScript } from '../build/script.mjs';
import { decodeBeacon, type WireBeacon } from '../src/contract/beacon.ts';
import { CHROMIUM } from './openProfile.ts';

const MEDIA = join(import.meta.dirname, '../../deploy/sample/media/vod');

export interface PageOptions {
  /** The page's own script, a module; COLLECTOR in it becomes the collector's address. */
  readonly script: string;
  readonly html?: string;
  readonly policy?: (collector: string) => string;
  readonly prepare?: (context: BrowserContext) => Promise<unknown>;
}

export interface OpenPage {
  readonly page: Page;
  /** What the page's console says of errors, policies among them, and what nobody caught. */
  readonly errors: readonly string[];
  /** What the collector got from this page. */
  captured(): readonly Captured[];
}

export interface BuiltPages {
  readonly integrity: string;
  /** It is closed when the test ends. */
  open(options: PageOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

export async function serveBuiltPages(): Promise<BuiltPages> {
  const files = new Map((await bundleEntries()).map(({ fileName, code }) => [fileName, code]));
  const { code, integrity } = await bundleScript();
  files.set('retour.js', code);
  files.set('snippet.js', await readSnippet());
  files.set('/favicon.ico', ''); // Asked for by the browser itself.
  files.set('wrappers.js', await bundleWrappers());
  const collector = await startCollector((request) =>
    JSON.stringify({ time: request.at, accepted: 1, rejected: 0 }),
  );
  const origin: Origin = await startOrigin({
    roots: { '/vod/': MEDIA },
    make(path) {
      const text = files.get(path.replace('/sdk/', ''));
      return text === undefined
        ? undefined
        : {
            type: path.includes('.') ? 'text/javascript' : 'text/html',
            body: new TextEncoder().encode(text),
          };
    },
  });
  const browser = await openBrowser(CHROMIUM);
  let opened = 0;
  return {
    integrity,
    async open({ script, html = '<video muted></video>', policy, prepare }) {
      const context = await browser.newContext();
      onTestFinished(() => context.close());
      await prepare?.(context);
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      opened += 1;
      const meta = policy
        ? `<meta http-equiv="content-security-policy" content="${policy(collector.url)}">`
        : '';
      const name = `page${opened}`;
      // Not by playwright's interception: what it serves may not ask the loopback for anything.
      files.set(
        `/${name}`,
        `<!doctype html>${meta}<title>Page</title>${html}<script type="module" src="/${name}.js"></script>`,
      );
      files.set(`/${name}.js`, script.replaceAll('COLLECTOR', collector.url));
      const before = collector.captured.length;
      await page.goto(`${origin.url}/${name}`);
      return { page, errors, captured: () => collector.captured.slice(before) };
    },
    async close() {
      await browser.close();
      await origin.close();
      await collector.close();
    },
  };
}

/** What a page puts before the script, as its documentation has it: up to the first call. */
async function readSnippet(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../docs/script-tag.md'), 'utf8');
  const snippet = /<script>([\s\S]*?)retour\(function/.exec(text)?.[1];
  if (!snippet) throw new Error('script-tag.md has no snippet before its first call');
  return snippet;
}

/** Frameworks and players with the built entries around them, as a publisher's bundler makes it. */
async function bundleWrappers(): Promise<string> {
  const build = await rolldown({
    input: join(import.meta.dirname, 'wrappersInPage.ts'),
    platform: 'browser',
    resolve: { conditionNames: ['retour-source', 'import'] },
    transform: { define: { 'process.env.NODE_ENV': '"development"' } },
  });
  const { output } = await build.generate({ format: 'esm' });
  await build.close();
  return output[0].code;
}

/** The beacons among what was captured. */
export function toBeacons(captured: readonly Captured[]) {
  return captured
    .filter(({ method }) => method === 'POST')
    .flatMap(({ body }) => [JSON.parse(body)].flat() as WireBeacon[]) // What the SDK just wrote.
    .map(decodeBeacon);
}
