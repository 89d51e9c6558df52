// The real Chromium of this machine, with the flags under which it plays and stays quiet.
import { type Browser, chromium } from 'playwright-core';
import { browserPath } from '../repository/bringTools.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @throws Error where there is no browser: these tests are never skipped. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = browserPath();
  if (executablePath === undefined) {
    throw new Error('There is no Chromium: install it, or set CHROME_PATH to its program.');
  }
  return chromium.launch({ executablePath, args: FLAGS });
}
