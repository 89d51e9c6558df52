// Firefox as it is installed, over WebDriver BiDi, in a profile of its own.
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bidi, connectBidi } from './bidi.ts';
import { IS_KEPT, type KitBrowser, type KitPage, Skip, waitFor } from './kitBrowser.ts';
import { endProgram, readLine, startProgram } from './startProgram.ts';

const ADDRESS = /WebDriver BiDi listening on (ws:\S+)/;

/** What a script threw: it logs what it thinks of servers in the same way. */
const EXCEPTION = /^(\w*Error|uncaught)\b/;

/** @throws Error where there is none. */
export async function openFirefox(executablePath: string | undefined): Promise<KitBrowser> {
  if (executablePath === undefined) {
    throw new Error('There is no Firefox: install it, or set FIREFOX_PATH to its program.');
  }
  const profile = await mkdtemp(join(tmpdir(), 'retour-firefox-'));
  let program: ChildProcess | undefined;
  let bidi: Bidi | undefined;
  const close = async () => {
    bidi?.close();
    if (program !== undefined) await endProgram(program);
    await rm(profile, { recursive: true, force: true, maxRetries: 3 }); // Its children end after it.
  };
  try {
    program = await startProgram(executablePath, {
      args: ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', profile],
      stdio: ['ignore', 'ignore', 'pipe'],
      missing: `Firefox at ${executablePath}: install it, or set FIREFOX_PATH to its program`,
    });
    const [, address] = await readLine(program.stderr as Readable, ADDRESS); // A pipe, as asked for.
    bidi = await connectBidi(`${address}/session`);
    return { ...(await toKitBrowser(bidi)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function toKitBrowser(bidi: Bidi): Promise<Omit<KitBrowser, 'close'>> {
  const { capabilities } = await bidi.send<{ capabilities: { browserVersion: string } }>(
    'session.new',
    { capabilities: {} },
  );
  await bidi.send('session.subscribe', { events: ['log.entryAdded'] });
  return {
    version: capabilities.browserVersion,
    without: { html5: 'Firefox has no HLS of its own.' },
    async newPage({ script, unseen, onError }) {
      if (unseen) throw new Skip('Firefox plays in a page that nobody has seen.');
      const context = await openTab(bidi);
      bidi.on('log.entryAdded', ({ type, text }) => {
        if (type === 'javascript' && EXCEPTION.test(String(text))) onError(String(text));
      });
      const functionDeclaration = `() => { ${script} }`;
      await bidi.send('script.addPreloadScript', { functionDeclaration, contexts: [context] });
      return toKitPage(bidi, context);
    },
  };
}

async function openTab(bidi: Bidi): Promise<string> {
  const { context } = await bidi.send<{ context: string }>('browsingContext.create', {
    type: 'tab',
  });
  return context;
}

interface Evaluated {
  readonly result?: { readonly value?: string };
  readonly exceptionDetails?: { readonly text: string };
}

function toKitPage(bidi: Bidi, context: string): KitPage {
  let cover: string | undefined;
  const evaluate = async <T>(expression: string, userActivation: boolean): Promise<T> => {
    const { result, exceptionDetails } = await bidi.send<Evaluated>('script.evaluate', {
      ...{ expression: `Promise.resolve(${expression}).then(JSON.stringify)`, userActivation },
      ...{ target: { context }, awaitPromise: true },
    });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
    return JSON.parse(result?.value ?? 'null');
  };
  const open = (url: string) =>
    bidi.send<void>('browsingContext.navigate', { context, url, wait: 'complete' });
  const leave = async () => {
    if (cover !== undefined) await bidi.send('browsingContext.close', { context: cover });
    cover = undefined;
  };
  const kitPage: KitPage = {
    cannot: {
      hear: 'Firefox without a sound device lets nobody listen.',
      lookAway: 'Firefox plays a muted video that is hidden, and draws nothing of it meanwhile.',
    },
    open,
    evaluate: (expression) => evaluate(expression, true),
    evaluateUntouched: (expression) => evaluate(expression, false),
    async hide() {
      cover = await openTab(bidi);
      await bidi.send('browsingContext.activate', { context: cover });
      await waitFor(kitPage, 'document.hidden');
    },
    async show() {
      await bidi.send('browsingContext.activate', { context });
      await leave();
      await waitFor(kitPage, '!document.hidden');
    },
    freeze() {
      throw new Skip('Firefox cannot be told to freeze a page.');
    },
    async goAway(url, ms) {
      await open(url);
      await sleep(ms);
      await bidi.send('browsingContext.traverseHistory', { context, delta: -1 });
      if (!(await kitPage.evaluate<boolean>(IS_KEPT))) {
        throw new Skip('Firefox did not keep the page.');
      }
    },
    async close() {
      await leave();
      await bidi.send('browsingContext.close', { context });
    },
  };
  return kitPage;
}
