// The real Chromium of a machine, with the flags under which it plays and stays quiet.
import { type Browser, chromium, type Page } from 'playwright-core';
import { findFreePort } from './browser/findFreePort.ts';

/** For whoever starts Chromium in a way of his own. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

/** @param executablePath Of Chromium or Chrome. @throws Error where there is none. */
export async function openBrowser(executablePath: string | undefined): Promise<Browser> {
  if (executablePath === undefined) {
    throw new Error('There is no Chromium: install it, or set CHROME_PATH to its program.');
  }
  const port = await findFreePort();
  const args = [...CHROMIUM_FLAGS, `--remote-debugging-port=${port}`];
  // Playwright's own switch would keep the browser from keeping pages for the way back.
  const ignoreDefaultArgs = ['--disable-back-forward-cache'];
  const browser = await chromium.launch({ executablePath, args, ignoreDefaultArgs });
  addresses.set(browser, `http://127.0.0.1:${port}`);
  return browser;
}

const addresses = new WeakMap<Browser, string>();

/**
 * A page that can be hidden: those that Playwright makes itself are kept visible and focused. It shares
 * the browser's own profile with others of its kind.
 * @throws Error for a browser that openBrowser() has not opened.
 */
export async function openHideablePage(browser: Browser): Promise<Page> {
  const address = addresses.get(browser);
  if (address === undefined) throw new Error('Expected a browser of openBrowser().');
  const same = await chromium.connectOverCDP(address, { noDefaults: true });
  const page = await same.contexts()[0]?.newPage();
  if (page === undefined) throw new Error('The browser has no profile of its own.');
  page.on('close', () => void same.close());
  return page;
}
