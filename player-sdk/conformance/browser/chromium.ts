// Chromium, with all that its own protocol can do to a page.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { openBrowser, openHideablePage } from '../openBrowser.ts';
import { IS_KEPT, type KitBrowser, type KitPage, Skip, waitFor } from './kitBrowser.ts';

/** @throws Error where there is none. */
export async function openChromium(executablePath: string | undefined): Promise<KitBrowser> {
  const browser = await openBrowser(executablePath);
  let keeps: Promise<boolean> | undefined;
  const keepsPages = (url: string) => (keeps ??= keepsEmptyPage(browser, url));
  return {
    version: browser.version(),
    without: {},
    async newPage({ script, hides, unseen, onError }) {
      const page = await (hides ? openHideablePage(browser) : browser.newPage());
      page.on('pageerror', (error) => onError(error.message));
      await page.addInitScript(script);
      const kitPage = toKitPage(page, keepsPages);
      if (unseen) await kitPage.hide();
      return kitPage;
    },
    close: () => browser.close(),
  };
}

/** @param keepsPages Whether the browser keeps a page for the way back that nothing hinders. */
function toKitPage(page: Page, keepsPages: (url: string) => Promise<boolean>): KitPage {
  const kitPage: KitPage = {
    async open(url) {
      await page.goto(url);
    },
    evaluate: (expression) => page.evaluate(expression),
    evaluateUntouched: (expression) =>
      withSession(page, async (session) => {
        const untouched = { expression, awaitPromise: true, userGesture: false };
        await session.send('Runtime.evaluate', untouched);
      }),
    async hide() {
      await setWindow(page, 'minimized');
      await waitFor(kitPage, 'document.hidden');
    },
    async show() {
      await setWindow(page, 'normal');
      await waitFor(kitPage, '!document.hidden');
    },
    freeze: (ms) =>
      withSession(page, async (session) => {
        await session.send('Page.setWebLifecycleState', { state: 'frozen' });
        await sleep(ms);
        await session.send('Page.setWebLifecycleState', { state: 'active' });
      }),
    goAway: (url, ms) =>
      withSession(page, async (session) => {
        await session.send('Page.enable');
        const reasons: string[] = [];
        session.on('Page.backForwardCacheNotUsed', ({ notRestoredExplanations }) => {
          reasons.push(...notRestoredExplanations.map(({ reason }) => reason));
        });
        await page.goto(url);
        await sleep(ms);
        await page.goBack({ waitUntil: 'commit' });
        if (await kitPage.evaluate<boolean>(IS_KEPT)) return;
        const said = `the browser did not keep the page: ${reasons.join(', ')}`;
        throw (await keepsPages(url)) ? new Error(said) : new Skip(said);
      }),
    close: () => page.close(),
  };
  return kitPage;
}

/** An empty page, with no SDK in it. */
async function keepsEmptyPage(browser: Browser, url: string): Promise<boolean> {
  const page = await openHideablePage(browser);
  try {
    await page.goto(url);
    await page.evaluate('void (window.isSame = true)');
    await page.goto(`${url}?further`);
    await page.goBack({ waitUntil: 'commit' });
    return await page.evaluate<boolean>('window.isSame === true');
  } finally {
    await page.close();
  }
}

/** A minimised window hides its page. */
function setWindow(page: Page, windowState: 'minimized' | 'normal'): Promise<void> {
  return withSession(page, async (session) => {
    const { windowId } = await session.send('Browser.getWindowForTarget');
    await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
  });
}

async function withSession(page: Page, use: (session: CDPSession) => Promise<void>) {
  const session = await page.context().newCDPSession(page);
  await use(session);
  await session.detach();
}
