// Builds the console, serves it with the fixture API and opens it in a real Chromium, for the browser
// tests. All that it starts, `close` stops.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Scenario } from './fixtureScenario.ts';
import { type FixtureServer, startFixtureServer, TOKEN } from './fixtureServer.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenOptions {
  readonly scenario?: Scenario;
  /** Path and search; the token's fragment is added unless `signedIn` is false. */
  readonly path: string;
  readonly signedIn?: boolean;
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
}

export interface Opened {
  readonly page: Page;
  readonly server: FixtureServer;
  /** What the browser complained of: errors, refused inline code, uncaught exceptions. */
  readonly complaints: readonly string[];
}

export interface Console {
  open(options: OpenOptions): Promise<Opened>;
  /** Closes what `open` opened since the last time. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

export async function createConsole(): Promise<Console> {
  const dist = await mkdtemp(join(tmpdir(), 'retour-console-'));
  await buildConsole(dist);
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  let closers: (() => Promise<void>)[] = [];
  const closePages = async (): Promise<void> => {
    for (const close of closers.splice(0)) await close();
  };
  return {
    closePages,
    open: async (options) => {
      const server = await startFixtureServer(options.scenario ?? 'busy', dist);
      const opened = await openPage(browser, server, options);
      closers = [...closers, () => opened.page.context().close(), () => server.close()];
      return opened;
    },
    close: async () => {
      await closePages();
      await browser.close();
      await rm(dist, { recursive: true, force: true });
    },
  };
}

/** In a process of its own: in this one the test runner's environment would give a development build. */
async function buildConsole(dist: string): Promise<void> {
  const vite = join(createRequire(import.meta.url).resolve('vite/package.json'), '../bin/vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', dist, '--emptyOutDir'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production' },
  });
}

async function openPage(
  browser: Browser,
  server: FixtureServer,
  { path, signedIn = true, width = 1280, theme = 'dark' }: OpenOptions,
): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width, height: Math.round(width < 600 ? width * 2 : width * 0.6) },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${server.url}${path.slice(1)}${signedIn ? `#token=${TOKEN}` : ''}`);
  return { page, server, complaints };
}
