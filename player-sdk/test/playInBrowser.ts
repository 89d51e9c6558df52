// A page in a real Chromium with one real player, an adapter on it, and an origin that can spoil its
// answers: what slow tests of adapters play on.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Origin, openBrowser, startOrigin } from '@retour/player-sdk/conformance';
import type { Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import type { Signal, SignalOf, SignalType } from '../src/contract/signal.ts';
import type { toRecord } from './adaptersInPage.ts';
import { CHROMIUM } from './openProfile.ts';

export { cannotPlay } from './openProfile.ts';

const MEDIA = join(import.meta.dirname, '../../deploy/sample/media/vod');

const CLEARKEY = join(import.meta.dirname, 'clearkey');

export type Played = ReturnType<typeof toRecord>;

export interface Stage {
  readonly origin: Origin;
  /** Runs `act` in a fresh page: a muted `video`, the players' scripts, and the entry as `retour`. */
  play<T>(act: () => Promise<T>, prepare?: (page: Page) => Promise<unknown>): Promise<T>;
  /** The same, and to the browser it is no gesture of the viewer's. */
  playUntouched<T>(act: () => Promise<T>, prepare: (page: Page) => Promise<unknown>): Promise<T>;
  close(): Promise<void>;
}

/** @param entry What pages get as `retour`. @param scripts Players' builds: package/path. */
export async function setStage(entry: string, ...scripts: readonly string[]): Promise<Stage> {
  const bundle = await rolldown({
    input: join(import.meta.dirname, entry),
    platform: 'browser',
    resolve: { conditionNames: ['retour-source', 'import'] },
  });
  const { output } = await bundle.generate({ format: 'iife', name: 'retour' });
  await bundle.close();
  const html = `<!doctype html><title>Stage</title><video muted></video>${scripts
    .map((script) => `<script src="/player/${script}"></script>`)
    .join('')}<script src="/retour.js"></script>`;
  const origin = await startOrigin({
    roots: { '/vod/': MEDIA, '/clearkey/': CLEARKEY },
    async make(path) {
      if (path === '/') return { type: 'text/html', body: Buffer.from(html) };
      if (path === '/retour.js')
        return { type: 'text/javascript', body: Buffer.from(output[0].code) };
      if (!path.startsWith('/player/')) return undefined;
      return { type: 'text/javascript', body: await readFile(toFile(path.slice(8))) };
    },
  });
  const browser = await openBrowser(CHROMIUM);
  const visit = async <T>(
    run: (page: Page) => Promise<T>,
    prepare?: (page: Page) => Promise<unknown>,
  ) => {
    const page = await browser.newPage();
    try {
      await prepare?.(page);
      await page.goto(`${origin.url}/`);
      return await run(page);
    } finally {
      await page.close();
      origin.release();
    }
  };
  return {
    origin,
    play: (act, prepare) => visit((page) => page.evaluate(act), prepare),
    playUntouched: (act, prepare) => visit((page) => evaluateUntouched(page, act), prepare),
    async close() {
      await browser.close();
      await origin.close();
    },
  };
}

async function evaluateUntouched<T>(page: Page, act: () => Promise<T>): Promise<T> {
  const session = await page.context().newCDPSession(page);
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `(${act})()`,
    awaitPromise: true,
    returnByValue: true,
    userGesture: false,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
  return result.value;
}

export function signalsOf<T extends SignalType>({ signals }: Played, type: T): SignalOf<T>[] {
  return signals.filter((signal: Signal) => signal.type === type) as SignalOf<T>[]; // By its type.
}

/** A file of an installed package, whatever its exports allow. */
function toFile(path: string): string {
  const roots = createRequire(import.meta.url).resolve.paths(path) ?? [];
  const file = roots.map((root) => join(root, path)).find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`${path} is not installed.`);
  return file;
}
