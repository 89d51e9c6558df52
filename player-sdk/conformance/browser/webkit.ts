// WebKitGTK's MiniBrowser over WebDriver, on a screen of its own that nobody sees: the engine of Safari with
// the media stack of Linux.
import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from './findFreePort.ts';
import { type KitBrowser, type KitPage, Skip } from './kitBrowser.ts';
import { endProgram, readLine, startProgram } from './startProgram.ts';

/** How long its driver may take to listen, ms. */
const START_MS = 10_000;
/** Longer than any expression of a script waits, ms. */
const EXPRESSION_MS = 60_000;

const HIDES_NONE = 'WebKitGTK hides no page on a screen without a window manager.';
/** Longer than a page of the kit loads, ms. */
const LOAD_MS = 15_000;
/** Longer than a driver that works takes to open or close a window, ms. */
const WINDOW_MS = 30_000;
/** What a driver that works needs beyond the limits that it was given itself, ms. */
const GRACE_MS = 5_000;

type Send = <T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<T>;

/** @throws Error where there is none. */
export async function openWebkit(driverPath: string | undefined): Promise<KitBrowser> {
  if (driverPath === undefined) {
    throw new Error('There is no WebKitWebDriver: install it, or set WEBKIT_PATH to its program.');
  }
  const programs: ChildProcess[] = [];
  const close = async () => {
    for (const program of programs.toReversed()) await endProgram(program);
  };
  try {
    const screen = await startProgram('Xvfb', {
      args: ['-displayfd', '3', '-screen', '0', '1280x900x24'],
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      missing: 'Xvfb: install it',
    });
    programs.push(screen);
    const [display] = await readLine(screen.stdio[3] as Readable, /\d+/); // A pipe, as asked for.
    const port = await findFreePort();
    const driver = await startProgram(driverPath, {
      args: [`--port=${port}`],
      stdio: 'ignore',
      // Its sandbox cannot be set up by root; the pages are our own.
      env: {
        ...{ ...process.env, DISPLAY: `:${display}` },
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      },
      missing: `WebKitWebDriver at ${driverPath}: install it, or set WEBKIT_PATH to its program`,
    });
    programs.push(driver);
    const send = toSend(`http://127.0.0.1:${port}`);
    await untilReady(send);
    return { ...(await toKitBrowser(send)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface NewSession {
  readonly sessionId: string;
  readonly capabilities: { readonly browserVersion: string };
}

async function toKitBrowser(send: Send): Promise<Omit<KitBrowser, 'close'>> {
  const start = () =>
    send<NewSession>('POST', '/session', { capabilities: { alwaysMatch: OPTIONS } });
  const { sessionId, capabilities } = await start(); // Its version is known with a window only.
  await send('DELETE', `/session/${sessionId}`);
  return {
    version: capabilities.browserVersion,
    without: {
      html5: 'WebKitGTK has no HLS of its own.',
      videojs: 'video.js stays at its first frame in WebKitGTK, without any SDK too.',
    },
    async newPage({ script, unseen, onError }) {
      if (unseen) throw new Skip(HIDES_NONE);
      const { sessionId: id } = await start();
      return toKitPage({ send, session: `/session/${id}`, script, onError });
    },
  };
}

const OPTIONS = {
  'webkitgtk:browserOptions': { args: ['--automation', '--autoplay-policy=allow'] },
  timeouts: { script: EXPRESSION_MS, pageLoad: LOAD_MS },
};

interface Session {
  readonly send: Send;
  /** Path of its commands. */
  readonly session: string;
  readonly script: string;
  readonly onError: (message: string) => void;
}

function toKitPage({ send, session, script, onError }: Session): KitPage {
  const evaluate = async <T>(expression: string): Promise<T> => {
    const { value, error } = await send<{ value: T; error?: string }>(
      ...(['POST', `${session}/execute/async`] as const),
      { script: `const tell = arguments[0]; ${toTold(expression)}`, args: [] },
    );
    if (error !== undefined) throw new Error(error);
    return value;
  };
  const open = async (url: string) => {
    await send('POST', `${session}/url`, { url });
    // Its protocol knows no script that runs before the page's; nothing is mounted yet.
    await evaluate(`void (() => { ${KEEP_ERRORS} ${script} })()`);
  };
  const kitPage: KitPage = {
    cannot: { hear: 'The playhead of WebKitGTK jumps by a second where its sound is listened to.' },
    open,
    evaluate,
    evaluateUntouched() {
      throw new Skip('WebKitGTK plays all that a driver asks for.');
    },
    hide() {
      throw new Skip(HIDES_NONE);
    },
    show: async () => {},
    freeze() {
      throw new Skip('WebKitGTK cannot be told to freeze a page.');
    },
    goAway() {
      throw new Skip('A video that WebKitGTK has kept plays on once, and not the next time.');
    },
    async close() {
      for (const message of await evaluate<string[]>('window.errors ?? []')) onError(message);
      await send('DELETE', session);
    },
  };
  return kitPage;
}

/** What becomes of the expression is told once it is known. */
function toTold(expression: string): string {
  return `Promise.resolve().then(() => (${expression})).then(
    (value) => tell({ value }),
    (error) => tell({ error: String(error) }),
  );`;
}

const KEEP_ERRORS = `
  window.errors = [];
  addEventListener('error', ({ message }) => errors.push(message));
  addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));`;

/** Some commands it leaves without an answer: which, says whether a page had a part in it. */
function toSend(address: string): Send {
  return async <T>(method: string, path: string, body?: object) => {
    const limitMs = toLimit(path);
    const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const signal = AbortSignal.timeout(limitMs);
    const response = await fetch(`${address}${path}`, { ...init, signal }).catch(
      (error: unknown) => {
        if (!signal.aborted) throw error;
        const command = path.replace(/^\/session\/[^/]+/, '/session/{id}');
        throw new Error(
          `WebKitWebDriver left ${method} ${command} unanswered for ${limitMs / 1000} s`,
        );
      },
    );
    const { value } = (await response.json()) as {
      value: T & { error?: string; message?: string };
    };
    if (response.ok) return value;
    throw new Error(`${value.error}: ${value.message}`);
  };
}

function toLimit(path: string): number {
  if (path.endsWith('/execute/async')) return EXPRESSION_MS + GRACE_MS;
  if (path.endsWith('/url')) return LOAD_MS + GRACE_MS;
  return WINDOW_MS;
}

async function untilReady(send: Send): Promise<void> {
  const end = Date.now() + START_MS;
  for (;;) {
    try {
      await send('GET', '/status');
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(50);
    }
  }
}
