// A real Chromium with a profile of its own, whose pages share what they store: what tests of the platform
// and of the store drive. The profile goes with it.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM_FLAGS } from '@retour/player-sdk/conformance';
import { type BrowserContext, chromium } from 'playwright-core';

export const CHROMIUM = process.env.CHROME_PATH ?? '/usr/bin/chromium';
/** With CI=true nothing is skipped. */
export const cannotPlay = !existsSync(CHROMIUM) && process.env.CI !== 'true';

export interface Profile {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

export async function openProfile(): Promise<Profile> {
  const folder = mkdtempSync(join(tmpdir(), 'retour-profile-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: CHROMIUM,
      args: [...CHROMIUM_FLAGS],
      // Playwright's own switch would keep the browser from keeping pages for the way back.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    });
    return {
      context,
      async close() {
        await context.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
