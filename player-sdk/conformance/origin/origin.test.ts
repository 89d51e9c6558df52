import { afterEach, describe, expect, it } from 'vitest';
import { type Fault, type Origin, startOrigin } from './origin.ts';

const BODY = Buffer.alloc(10_000, 7);
let origin: Origin;

afterEach(() => origin.close());

async function start(fault?: Fault): Promise<void> {
  origin = await startOrigin({
    make: (path) => (path === '/there' ? { type: 'video/mp4', body: BODY } : undefined),
  });
  if (fault) origin.obey(() => fault);
}

async function ask(path = '/there', headers: Record<string, string> = {}) {
  const at = Date.now();
  const answer = await fetch(origin.url + path, { headers });
  const body = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, sizeBytes: body.length, tookMs: Date.now() - at };
}

describe('startOrigin', () => {
  it('serves what is made, by ranges too, and logs it', async () => {
    await start();
    expect(await ask()).toMatchObject({ status: 200, sizeBytes: 10_000 });
    expect(await ask('/there', { range: 'bytes=9000-' })).toMatchObject({
      status: 206,
      sizeBytes: 1000,
    });
    expect(await ask('/gone')).toMatchObject({ status: 404 });
    expect(origin.served.map(({ path, status, bytes }) => [path, status, bytes])).toEqual([
      ['/there', 200, 10_000],
      ['/there', 206, 1000],
      ['/gone', 404, 0],
    ]);
    expect(origin.served.every(({ at, doneAt = 0 }) => doneAt >= at)).toBe(true);
  });

  it('answers late, slowly or with a status, as its rule says', async () => {
    await start({ delayMs: 100, bytesPerS: 100_000 });
    expect((await ask()).tookMs).toBeGreaterThanOrEqual(190);
    origin.obey(({ times }) => (times === 2 ? { status: 503 } : undefined));
    expect((await ask()).status).toBe(503);
    expect((await ask()).status).toBe(200);
    const failed = () => origin.served.map(({ failedAt = 0 }) => failedAt > 0);
    await expect.poll(failed).toEqual([false, true, false]);
  });

  it('holds bytes back until they are released', async () => {
    await start({ holdFrom: 0.5 });
    const asked = ask();
    await expect.poll(() => origin.served[0]?.bytes).toBe(5000);
    expect(origin.served[0]?.doneAt).toBeUndefined();
    origin.release();
    expect((await asked).sizeBytes).toBe(10_000);
  });

  it('breaks off and never answers', async () => {
    await start({ cutAt: 0.5 });
    await expect(ask()).rejects.toThrow();
    origin.obey(() => ({ silent: true }));
    const given = fetch(`${origin.url}/there`, { signal: AbortSignal.timeout(100) });
    await expect(given).rejects.toThrow();
    await expect
      .poll(() => origin.served.map(({ lostAt = 0 }) => lostAt > 0))
      .toEqual([true, true]);
    expect(origin.served.map(({ failedAt = 0 }) => failedAt > 0)).toEqual([true, true]);
  });
});
