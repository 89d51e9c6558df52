// What a real IndexedDB does with the store: transactions that are aborted, databases that are closed
// or never open, tabs that lease at the same time.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cannotPlay, openProfile, type Profile } from '../../test/openProfile.ts';
import type * as OfflineStore from './offlineStore.ts';

declare global {
  interface Window {
    offlineStore: typeof OfflineStore;
  }
}

let server: Server;
let profile: Profile;
let page: Page;
let errors: string[];

beforeAll(async () => {
  const bundle = await rolldown({ input: join(import.meta.dirname, 'offlineStore.ts') });
  const { output } = await bundle.generate({ format: 'iife', name: 'offlineStore' });
  await bundle.close();
  const html = `<script>${output[0].code};window.offlineStore = offlineStore;</script>`;
  server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  profile = await openProfile();
});

beforeEach(async () => {
  page = await profile.context.newPage();
  errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`); // No pipe.
  return async () => {
    await page.close();
    expect(errors).toEqual([]);
  };
});

afterAll(async () => {
  await profile?.close();
  server?.closeAllConnections();
  server?.close();
});

describe.skipIf(cannotPlay)('openOfflineStore', () => {
  it('erases all that lies there, and creates nothing where nothing was', async () => {
    const names = await page.evaluate(async () => {
      const { openOfflineStore } = window.offlineStore;
      const gone = (name: string) =>
        new Promise<void>((done) => {
          // It waits for its turn behind what was asked for before.
          window.indexedDB.deleteDatabase(name).onsuccess = () => done();
        });
      const list = async () => (await window.indexedDB.databases()).map(({ name }) => name);
      openOfflineStore('never', () => {}).erase();
      const store = openOfflineStore('used', () => {});
      await new Promise<void>((done) => store.put([{ id: [1, 0], body: 'x', rows: 1 }], done));
      const before = await list();
      store.erase();
      await gone('another');
      const found = await new Promise((done) => store.take(done));
      store.erase();
      await gone('retour used');
      return [before, found, await list()];
    });
    expect(names).toEqual([['retour used'], [], []]);
  });

  it('counts what it gives up once, however often a transaction is aborted before', async () => {
    const lost = await page.evaluate(async () => {
      const losses: unknown[] = [];
      const store = window.offlineStore.openOfflineStore('aborted', (...given) =>
        losses.push(given),
      );
      const put = (at: number, rows: number) =>
        new Promise<void>((done) => store.put([{ id: [at, 0], body: 'x', rows }], done));
      await put(1, 7);
      const { delete: real } = IDBCursor.prototype;
      const aborted = new Promise<void>((resolve) => {
        IDBCursor.prototype.delete = function () {
          IDBCursor.prototype.delete = real;
          const { transaction } = this.request;
          if (transaction) transaction.onabort = () => resolve();
          queueMicrotask(() => transaction?.abort());
          return real.call(this);
        };
      });
      store.take(() => losses.push('taken'));
      await aborted;
      const before = losses.slice();
      await new Promise((done) => store.take(done));
      return { before, after: losses };
    });
    expect(lost).toEqual({ before: [], after: [['tooOld', 7]] });
  });

  it('gives up the oldest beyond its size, and counts it', async () => {
    const kept = await page.evaluate(async () => {
      const { OFFLINE_LIMITS, openOfflineStore } = window.offlineStore;
      const losses: unknown[] = [];
      const store = openOfflineStore('bounded', (...given) => losses.push(given));
      const body = 'x'.repeat(OFFLINE_LIMITS.size / 4);
      const bodies = Array.from({ length: 6 }, (_, i) => ({
        id: [Date.now() + i, 0] as const,
        body,
        rows: i + 1,
      }));
      await new Promise<void>((done) => store.put(bodies, done));
      const taken: number[] = [];
      for (let turn = 0; turn < 6; turn += 1) {
        const found = await new Promise<readonly { readonly rows: number }[]>((done) =>
          store.take(done),
        );
        taken.push(...found.map(({ rows }) => rows));
      }
      return { taken, losses };
    });
    expect(kept).toEqual({
      taken: [6, 5, 4, 3],
      losses: [
        ['storageFull', 2],
        ['storageFull', 1],
      ],
    });
  });

  it('leaves what another tab sends just now to that tab', async () => {
    const lost = await page.evaluate(async () => {
      const { OFFLINE_LIMITS, openOfflineStore } = window.offlineStore;
      const losses: unknown[] = [];
      const open = () => openOfflineStore('leased', (...given) => losses.push(given));
      const [one, other] = [open(), open()];
      const now = Date.now();
      const id = [now - OFFLINE_LIMITS.ageMs + 5_000, 0] as const;
      await new Promise<void>((done) => one.put([{ id, body: 'x', rows: 1 }], done));
      await new Promise((done) => one.take(done));
      Date.now = () => now + 10_000; // Too old by now.
      await new Promise((done) => other.take(done));
      const before = losses.slice();
      Date.now = () => now + OFFLINE_LIMITS.leaseMs + 10_000;
      await new Promise((done) => other.take(done));
      return { before, after: losses };
    });
    expect(lost).toEqual({ before: [], after: [['tooOld', 1]] });
  });

  it('goes on at once where its database was deleted under it', async () => {
    const found = await page.evaluate(async () => {
      const store = window.offlineStore.openOfflineStore('deleted', () => undefined);
      const put = (at: number) =>
        new Promise<void>((done) => store.put([{ id: [at, 0], body: 'x', rows: 1 }], done));
      await put(Date.now());
      await new Promise((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('retour deleted');
        deleting.onsuccess = resolve;
        deleting.onerror = reject;
      });
      await put(Date.now());
      return new Promise<number>((done) => store.take(({ length }) => done(length)));
    });
    expect(found).toBe(1);
  });

  it('leaves no database open behind it where writes fail', { timeout: 20_000 }, async () => {
    const open = await page.evaluate(async () => {
      let count = 0;
      const { open: realOpen } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (...given) {
        const opening = realOpen.apply(this, given);
        opening.addEventListener('success', () => {
          count += 1;
        });
        return opening;
      };
      const { close } = IDBDatabase.prototype;
      const { put } = IDBObjectStore.prototype;
      const store = window.offlineStore.openOfflineStore('full', () => undefined);
      for (let i = 0; i < 3; i += 1) {
        // Where nobody closes, it never ends.
        await new Promise<void>((resolve) => {
          IDBDatabase.prototype.close = function () {
            count -= 1;
            close.call(this);
            resolve();
          };
          IDBObjectStore.prototype.put = () => {
            throw new DOMException('full', 'QuotaExceededError');
          };
          store.put([{ id: [i, 0], body: 'x', rows: 1 }], () => undefined);
        });
      }
      IDBObjectStore.prototype.put = put;
      return count;
    });
    expect(open).toBe(0);
  });

  it('holds few bodies for a database that never answers', async () => {
    const written = await page.evaluate(async () => {
      const opening = { onsuccess: () => undefined, result: {} };
      IDBFactory.prototype.open = () => opening as unknown as IDBOpenDBRequest; // All that is used.
      const store = window.offlineStore.openOfflineStore('hangs', () => undefined);
      for (let i = 0; i < 1_000; i += 1)
        store.put([{ id: [i, 0], body: 'x', rows: 1 }], () => undefined);
      let count = 0;
      const put = () => {
        count += 1;
      };
      opening.result = {
        close: () => undefined,
        transaction: () => ({ objectStore: () => ({ put, transaction: {} }) }),
      };
      opening.onsuccess();
      await new Promise((resolve) => setTimeout(resolve, 0));
      return count;
    });
    expect(written).toBe(20);
  });

  it('holds few questions for a database that never answers', async () => {
    const asked = await page.evaluate(async () => {
      const opening = { onsuccess: () => undefined, result: {} };
      IDBFactory.prototype.open = () => opening as unknown as IDBOpenDBRequest; // All that is used.
      const store = window.offlineStore.openOfflineStore('hangs', () => undefined);
      for (let i = 0; i < 1_000; i += 1) store.take(() => undefined);
      let count = 0;
      const openCursor = () => {
        count += 1;
        return {};
      };
      opening.result = { transaction: () => ({ objectStore: () => ({ openCursor }) }) };
      opening.onsuccess();
      await new Promise((resolve) => setTimeout(resolve, 0));
      return count;
    });
    expect(asked).toBe(20);
  });

  it('asks for the database again after it was closed', async () => {
    const opened = await page.evaluate(() => {
      let count = 0;
      IDBFactory.prototype.open = () => {
        count += 1;
        return {} as unknown as IDBOpenDBRequest; // It never answers.
      };
      const store = window.offlineStore.openOfflineStore('hangs', () => undefined);
      const put = () => store.put([{ id: [0, 0], body: 'x', rows: 1 }], () => undefined);
      for (let i = 0; i < 30; i += 1) put();
      store.close();
      put();
      return count;
    });
    expect(opened).toBe(2);
  });
});
