// What a browser does with a whole page: hides it, lets it sleep, keeps it while the viewer is elsewhere.
// It is asked for over its own protocol, since no page can do it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { AWAY } from './page/bundlePage.ts';

/** The script cannot be played here, and why: no failure of anyone's. */
export class Skip extends Error {}

/** Longer than a browser takes for any of it, ms. */
const PATIENCE_MS = 10_000;

/** A minimised window hides its page. */
export async function setWindow(page: Page, windowState: 'minimized' | 'normal'): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { windowId } = await session.send('Browser.getWindowForTarget');
  await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
  await session.detach();
  const state = windowState === 'minimized' ? 'hidden' : 'visible';
  await page.waitForFunction(`document.visibilityState === '${state}'`, undefined, {
    ...{ polling: 20, timeout: PATIENCE_MS },
  });
}

/** A hidden page sleeps for so long. */
export async function freeze(page: Page, ms: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await sleep(ms);
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await session.detach();
}

/**
 * Another page for so long, then back: to this one, as it was.
 * @throws Skip where the browser has not kept it, with the reasons that it gives.
 */
export async function goAway(page: Page, ms: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.enable');
  const reasons: string[] = [];
  session.on('Page.backForwardCacheNotUsed', ({ notRestoredExplanations }) => {
    reasons.push(...notRestoredExplanations.map(({ reason }) => reason));
  });
  await page.goto(new URL(AWAY, page.url()).href);
  await sleep(ms);
  await page.goBack({ waitUntil: 'commit', timeout: PATIENCE_MS });
  const kept = await page.evaluate(() => window.kit.acts.length > 0);
  await session.detach();
  if (!kept) throw new Skip(`the browser did not keep the page: ${reasons.join(', ')}`);
}
