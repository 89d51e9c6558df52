import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRecordedPort } from '../../test/recordPort.ts';
import { createDelivery } from './delivery.ts';
import { createScope } from './scope.ts';

const URL_A = 'https://cdn.example/live/index.m3u8';

/** What the browser has told, and what it has yet to tell its observers. */
let listed: object[] = [];
let watching = new Set<Observer>();

class Observer {
  queue: object[] = [];
  readonly act: (list: { getEntries(): object[] }) => void;
  constructor(act: Observer['act']) {
    this.act = act;
  }
  observe({ entryTypes }: PerformanceObserverInit) {
    if (!entryTypes) throw new TypeError('As Chromium before 75, or Safari before 15.');
    watching.add(this);
  }
  disconnect() {
    watching.delete(this);
  }
  takeRecords() {
    return this.queue.splice(0);
  }
}

beforeEach(() => {
  listed = [];
  watching = new Set();
  vi.spyOn(performance, 'getEntriesByName').mockImplementation(
    (url) => listed.filter((entry) => Object(entry).name === url) as PerformanceEntryList,
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function start(observer?: unknown) {
  vi.stubGlobal('PerformanceObserver', observer);
  const port = createRecordedPort();
  const scope = createScope(port.failed);
  const delivery = createDelivery(port, () => undefined, scope);
  /** A request ends, of which the browser tells the observers. */
  const end = (ms: number, change: object = {}) => {
    port.at += 1000;
    const entry = {
      name: URL_A,
      startTime: port.at - ms,
      responseStart: port.at - ms + 10,
      responseEnd: port.at,
      workerStart: 0,
      encodedBodySize: 500,
      transferSize: 800,
      ...change,
    };
    for (const { queue } of watching) queue.push(entry);
    return entry;
  };
  /** The player tells it: its times, where they are known. */
  const tell = (facts: object = {}) => {
    port.at += 5;
    delivery.deliver({ kind: 'manifest', url: URL_A, ...facts });
    expect(port.failures).toEqual([]);
    const told = port.signals.at(-1);
    return told?.type === 'segment' ? told.transferMs : undefined;
  };
  /** The browser calls its observers. */
  const flush = () => {
    for (const each of watching) {
      const entries = each.takeRecords();
      each.act({ getEntries: () => entries });
    }
  };
  return { delivery, port, scope, end, tell, flush };
}

describe('createDelivery', () => {
  it('knows the times of a request that the page’s own list has no room for', () => {
    const { end, tell, flush } = start(Observer);
    end(100);
    expect(tell()).toBe(100);
    end(200);
    flush();
    expect(tell()).toBe(200);
  });

  it('takes what the browser told for one request only', () => {
    const { end, tell } = start(Observer);
    end(100, { transferSize: 0 }); // Of a cache.
    expect(tell()).toBeUndefined();
    expect(tell()).toBeUndefined();
    expect(tell({ start: 10, first: 20, end: 50 })).toBe(40);
    end(300);
    expect(tell()).toBe(300);
  });

  it('knows a redirected request by the address that was asked for', () => {
    const { end, tell } = start(Observer);
    end(100);
    expect(tell({ url: 'https://edge.example/live/index.m3u8', asked: URL_A })).toBe(100);
    end(100);
    expect(tell({ asked: 'https://cdn.example/unsigned' })).toBe(100);
  });

  it('takes what comes too late for no other request', () => {
    const { end, tell, flush, port } = start(Observer);
    const late = end(100);
    const [observer] = watching;
    observer?.takeRecords();
    port.at += 10;
    expect(tell()).toBeUndefined();
    observer?.queue.push(late);
    flush();
    expect(tell()).toBeUndefined();
  });

  it.each([
    ['no observer', undefined],
    [
      'one that gives nothing away',
      class extends Observer {
        override takeRecords = undefined as never; // As Chromium before 75.
      },
    ],
    [
      'a broken one',
      class extends Observer {
        override observe() {
          throw new TypeError('Of no type that it knows.');
        }
      },
    ],
  ])('asks the page’s own list where there is %s', (_, observer) => {
    const { end, tell } = start(observer);
    listed.push(end(100));
    expect(tell()).toBe(100);
    expect(tell()).toBeUndefined();
    listed.push(end(200));
    expect(tell()).toBe(200);
  });

  it('counts what is open with the source that asked for it', () => {
    const { delivery, port } = start(undefined);
    const gaveUp = () => ({ kind: 'video' as const, url: 'https://a.example/1.ts', bytes: 700 });
    delivery.open('video', gaveUp);
    delivery.forget();
    expect(port.signals.map(({ type }) => type)).toEqual(['pathway', 'segment']);
    port.at += 100;
    expect(delivery.waitingMs()).toBe(0);
    delivery.open('video', gaveUp);
    expect(port.told()).toHaveLength(2);
  });

  it('forgets what was told long ago, and lets go of the browser at its end', () => {
    const { end, tell, flush, scope } = start(Observer);
    end(100);
    for (let i = 0; i < 100; i += 1) end(100, { name: `${URL_A}?${i}` });
    flush();
    expect(tell()).toBeUndefined();
    expect(tell({ url: `${URL_A}?99` })).toBe(100);
    scope.close();
    expect(watching.size).toBe(0);
  });
});
