// The real Chromium of a machine, with the flags under which it plays and stays quiet.
import { type Browser, chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @param executablePath Of Chromium or Chrome. @throws Error where there is none. */
export async function openBrowser(executablePath: string | undefined): Promise<Browser> {
  if (executablePath === undefined) {
    throw new Error('There is no Chromium: install it, or set CHROME_PATH to its program.');
  }
  return chromium.launch({ executablePath, args: FLAGS });
}
