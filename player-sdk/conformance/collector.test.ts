import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type Captured, type Collector, startCollector } from './collector.ts';

describe('startCollector', () => {
  let collector: Collector | undefined;
  const start = async (respond?: (request: Captured) => string) => {
    collector = await startCollector(respond);
    return collector;
  };
  afterEach(() => collector?.close());

  const post = (url: string, body: Uint8Array<ArrayBuffer>) => fetch(url, { method: 'POST', body });

  it('inflates what came as gzip, and keeps as it came what only looks like it', async () => {
    const { url, captured } = await start();
    await post(url, new Uint8Array(gzipSync('{"a":1}')));
    await post(url, Uint8Array.from([0x1f, 0x8b, 0, 0, 1, 2]));
    expect(captured.map(({ body }) => body.length)).toEqual([7, 6]);
  });

  it('outlives an answer that cannot be made', async () => {
    const { url, errors } = await start(() => {
      throw new Error('no answer');
    });
    expect((await fetch(url)).status).toBe(500);
    expect(errors).toEqual(['Error: no answer']);
  });

  it('hears whether another request comes', async () => {
    const { url, hears } = await start();
    const heard = hears(5_000);
    await fetch(url);
    expect(await heard).toBe(true);
    expect(await hears(20)).toBe(false);
  });
});
