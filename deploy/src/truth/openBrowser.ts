// The browser of this machine, as the tests and benches of this folder open it.
import { openBrowser as openBrowserAt } from '@retour/player-sdk/conformance';
import type { Browser } from 'playwright-core';
import { browserPath } from '../repository/bringTools.ts';

/** @throws Error where there is no browser: these tests are never skipped. */
export function openBrowser(): Promise<Browser> {
  return openBrowserAt(browserPath());
}
