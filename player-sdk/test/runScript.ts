// Runs a bundle of the whole SDK, given as text, in a page that is made up: its own clock, chance and
// network. It reaches the SDK through its public API alone, so that any build of it can be driven.
import type { Adapter, Port } from '@retour/player-sdk';
import type { ReportedType, SignalFacts } from '@retour/player-sdk/contract';
import type * as wholeSdk from './wholeSdk.ts';

export type Step = readonly [type: ReportedType, facts: unknown] | readonly [page: PageStep];
type PageStep = 'wait' | 'hide' | 'show' | 'update';

const WALL = 1_783_166_403_210;

/** Everything that left the page, in order. */
export async function runScript(code: string, steps: readonly Step[]): Promise<string[]> {
  const page = createPage();
  const parts = ['window', 'Date', 'Math', `${code}; return sdk;`];
  const load = new Function(...parts) as (...globals: unknown[]) => typeof wholeSdk; // As built.
  const sdk = load(page.window, page.Date, page.Math);
  const failures: unknown[] = [];
  let port: Port | undefined;
  const adapter: Adapter = {
    player: { name: 'scripted', adapter: 'test' },
    attach(given) {
      port = given;
      return () => {};
    },
  };
  const view = sdk.monitor(adapter, {
    key: 'k',
    endpoint: '/feed',
    privacy: 'consented',
    asset: { id: 'film', durationMs: 60_000 },
    viewer: { id: 'ada' },
    custom: { row: 'x' },
    debug: (message) => {
      if (message.type === 'failed') failures.push(message.error);
    },
  });
  sdk.ads(view); // From here on, the signals of ads are folded.
  for (const [what, facts] of steps) {
    await page.advance(250);
    if (what === 'hide' || what === 'show') page.setHidden(what === 'hide');
    else if (what === 'update') view.update({ experiments: { urgent: 'b' } });
    else if (what !== 'wait') port?.emit(what, facts as SignalFacts[typeof what]); // The script's own.
  }
  view.destroy();
  await page.advance(120_000);
  if (failures.length > 0) throw failures[0];
  return page.sent;
}

/** As much of a window as the SDK asks for. */
function createPage() {
  const sent: string[] = [];
  const timers: { at: number; act: () => void }[] = [];
  let now = 0;
  let random = 0;
  const target = new EventTarget();
  const document = Object.assign(new EventTarget(), {
    visibilityState: 'visible',
    title: 'A page',
  });
  const answer = () => JSON.stringify({ time: WALL + now + 40_000, accepted: 1, rejected: 0 });
  const later = (ms: number, act: () => void) => {
    const timer = { at: now + ms, act };
    timers.push(timer);
    return timer;
  };
  const window = {
    performance: { now: () => now },
    setTimeout: (act: () => void, ms = 0) => later(ms, act),
    clearTimeout: (timer: { at: number; act: () => void }) => {
      const index = timers.indexOf(timer);
      if (index >= 0) timers.splice(index, 1);
    },
    TextEncoder,
    fetch(url: string, { method = 'GET', body }: { method?: string; body?: unknown }) {
      sent.push(`${method} ${url}`, String(body));
      return new Promise((resolve) => {
        const text = () => Promise.resolve(answer());
        later(30, () => resolve({ status: 200, text, headers: new Map() }));
      });
    },
    document,
    navigator: {
      language: 'en',
      sendBeacon(url: string, body: unknown) {
        sent.push(`BEACON ${url}`, String(body));
        return true;
      },
    },
    location: { origin: 'https://page.example', pathname: '/watch', search: '?q=1' },
    screen: { width: 1920, height: 1080 },
    devicePixelRatio: 2,
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    crypto: { getRandomValues: (bytes: Uint8Array) => bytes.fill(7) },
  };
  return {
    sent,
    window,
    Date: class extends Date {
      static override now = (): number => WALL + now;
    },
    Math: Object.assign(Object.create(Math), {
      random: () => {
        random = (random * 16_807 + 11) % 2_147_483_647;
        return random / 2_147_483_647;
      },
    }),
    setHidden(hidden: boolean) {
      document.visibilityState = hidden ? 'hidden' : 'visible';
      document.dispatchEvent(new Event('visibilitychange'));
    },
    async advance(ms: number) {
      const until = now + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers.splice(timers.indexOf(next), 1);
        now = Math.max(now, next.at);
        next.act();
        await settle();
      }
      now = until;
      await settle();
    },
  };
}

/** Lets every promise that can be kept be kept. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
