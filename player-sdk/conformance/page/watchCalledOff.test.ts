import { afterEach, expect, it, vi } from 'vitest';
import { watchCalledOff } from './watchCalledOff.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Ended by abort(), as the browser's own. */
class ScriptedXhr {
  static readonly UNSENT = 0;
  static readonly DONE = 4;
  readyState = 0;
  open(..._: unknown[]): void {
    this.readyState = 1;
  }
  abort(): void {
    this.readyState = 0;
  }
}

it('notes what is called off while it is under way, and lets it be called off', () => {
  const fetched: unknown[] = [];
  vi.stubGlobal('location', { href: 'http://origin.test/page' });
  vi.stubGlobal('XMLHttpRequest', ScriptedXhr);
  vi.stubGlobal('window', { fetch: (...given: unknown[]) => fetched.push(given) });
  const calledOff = watchCalledOff();

  const open = (url: string) => {
    const xhr = new ScriptedXhr();
    xhr.open('GET', url);
    return xhr;
  };
  const [first, done] = [open('/media/1.m4s?x'), open('http://cdn.test/media/2.m4s')];
  done.readyState = ScriptedXhr.DONE;
  done.abort();
  first.abort();
  first.abort();
  expect(first.readyState).toBe(ScriptedXhr.UNSENT);

  const controller = new AbortController();
  const { signal } = controller;
  const request = new Request('http://cdn.test/media/4.m4s', { signal });
  window.fetch('/media/3.m4s', { signal });
  window.fetch(request);
  window.fetch('/media/5.m4s');
  controller.abort();
  controller.abort();
  expect(fetched).toEqual([
    ['/media/3.m4s', { signal }],
    [request, undefined],
    ['/media/5.m4s', undefined],
  ]);
  expect(calledOff.map(([, path]) => path).sort()).toEqual([
    '/media/1.m4s',
    '/media/3.m4s',
    '/media/4.m4s',
  ]);
  for (const [at] of calledOff) expect(Math.abs(Date.now() - at)).toBeLessThan(2000);
});
