// Runs a bundle of the whole SDK, given as text, in a page that is made up: its own clock, chance and
// network. It reaches the SDK through its public API alone, so that any build of it can be driven.
import type { Adapter, monitor, Port } from '@retour/player-sdk';
import type { SignalFacts, SignalType } from '@retour/player-sdk/contract';

export type Step = readonly [type: SignalType, facts: unknown] | readonly [page: PageStep];
type PageStep = 'wait' | 'hide' | 'show' | 'update';

const WALL = 1_783_166_403_210;

/** Everything that left the page, in order. */
export function runScript(code: string, steps: readonly Step[]): string[] {
  const page = createPage();
  const parts = ['window', 'Date', 'Math', `${code}; return sdk;`];
  const load = new Function(...parts) as (...globals: unknown[]) => { monitor: typeof monitor }; // As built.
  const sdk = load(page.window, page.Date, page.Math);
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
  });
  for (const [what, facts] of steps) {
    page.advance(250);
    if (what === 'hide' || what === 'show') page.setHidden(what === 'hide');
    else if (what === 'update') view.update({ experiments: { urgent: 'b' } });
    else if (what !== 'wait') port?.emit(what, facts as SignalFacts[typeof what]); // The script's own.
  }
  view.destroy();
  page.advance(120_000);
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
  class Request {
    status = 0;
    responseText = '';
    onload = (): void => {};
    open(method: string, url: string): void {
      sent.push(`${method} ${url}`);
    }
    getResponseHeader(): null {
      return null;
    }
    abort(): void {}
    send(body: unknown): void {
      sent.push(String(body));
      later(30, () => {
        this.status = 200;
        this.responseText = answer();
        this.onload();
      });
    }
  }
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
    XMLHttpRequest: Request,
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
    advance(ms: number) {
      const until = now + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers.splice(timers.indexOf(next), 1);
        now = Math.max(now, next.at);
        next.act();
      }
      now = until;
    },
  };
}
