import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRecordedPort } from '../../test/recordPort.ts';
import { ScriptedMedia } from '../../test/scriptedMedia.ts';
import { createDelivery } from './delivery.ts';
import { createScope } from './scope.ts';
import { watchResources } from './watchResources.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const ENTRY = {
  initiatorType: 'video',
  name: 'https://cdn.example/a/1.m4s',
  startTime: 2000,
  requestStart: 2005,
  responseStart: 2030,
  responseEnd: 2100,
  encodedBodySize: 5000,
  transferSize: 5300,
  responseStatus: 200,
};

type Act = (list: { getEntries(): object[] }) => void;

/**
 * What is told of one entry while `source` plays, and another element plays `elsewhere`, or shows a poster; `due`: the browser has not
 * told it yet when somebody looks, or lets go.
 */
function tellOf(
  entry: Partial<typeof ENTRY>,
  source: string,
  {
    elsewhere = '',
    poster = '',
    due,
  }: { elsewhere?: string; poster?: string; due?: 'look' | 'end' } = {},
) {
  const queues: object[][] = [];
  const watching = new Set<Act>();
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      readonly act: Act;
      readonly records: object[] = [];
      constructor(act: Act) {
        this.act = act;
        queues.push(this.records);
      }
      observe({ entryTypes }: PerformanceObserverInit) {
        if (!entryTypes) throw new TypeError('As Chromium before 75, or Safari before 15.');
        watching.add(this.act);
      }
      takeRecords = () => this.records.splice(0);
      disconnect() {
        this.records.length = 0;
        watching.delete(this.act);
      }
    },
  );
  const media = new ScriptedMedia();
  const other = new ScriptedMedia();
  media.happen({ currentSrc: source });
  other.happen({ currentSrc: elsewhere });
  Object.assign(other, { poster });
  Object.assign(media.ownerDocument, { querySelectorAll: () => [media, other] });
  const port = createRecordedPort();
  const scope = createScope(port.failed);
  const delivery = createDelivery(port, () => undefined, scope);
  const look = watchResources({ ...scope, ...delivery, port }, () => media.asElement());
  const entries = [{ ...ENTRY, ...entry }];
  if (due) queues.at(-1)?.push(...entries);
  else for (const act of watching) act({ getEntries: () => entries });
  if (due === 'look') look();
  scope.close();
  expect(watching.size).toBe(0);
  expect(port.failures).toEqual([]);
  return port.signals.flatMap((signal) => (signal.type === 'segment' ? [signal] : []));
}

const HLS = 'https://www.example/live/master.m3u8?token=1';
const POSTER = 'https://img.example/1.jpg';
const FILE = 'https://cdn.example/film.mp4';

describe('watchResources', () => {
  it('tells a segment of a playlist, wherever it lies', () =>
    expect(tellOf({}, HLS)).toMatchObject([
      { kind: 'video', host: 'cdn.example', bytes: 5000, ok: true, ttfbMs: 30, transferMs: 100 },
    ]));

  it('tells a file by its address alone', () => {
    expect(tellOf({ name: FILE }, FILE)).toHaveLength(1);
    expect(tellOf({}, FILE)).toEqual([]);
  });

  it('leaves to others what is theirs', () => {
    expect(tellOf({ name: FILE }, HLS, { elsewhere: FILE })).toEqual([]);
    expect(tellOf({ initiatorType: 'xmlhttprequest' }, HLS)).toEqual([]);
    expect(tellOf({ name: POSTER }, HLS, { poster: POSTER })).toEqual([]);
    expect(tellOf({ startTime: 10 }, HLS)).toEqual([]); // Before it was watched.
  });

  it('says nothing of times and sizes that the browser hides', () => {
    const [hidden] = tellOf(
      { requestStart: 0, responseStart: 0, encodedBodySize: 0, transferSize: 0, responseStatus: 0 },
      HLS,
    );
    expect(hidden).toEqual(expect.not.objectContaining({ ttfbMs: expect.anything() }));
    expect(hidden).toMatchObject({ bytes: 0, ok: true });
  });

  it.each(['look', 'end'] as const)('tells what is due before the %s', (due) =>
    expect(tellOf({}, HLS, { due })).toHaveLength(1),
  );

  it('tells a refusal', () =>
    expect(tellOf({ responseStatus: 403 }, HLS)).toMatchObject([{ ok: false, status: 403 }]));

  it.each([
    ['https://c.example/x/index.m3u8', 'manifest'],
    ['https://c.example/x/a.aac', 'audio'],
    ['https://c.example/x/t.vtt', 'text'],
    ['https://c.example/x/k.key', 'key'],
    ['https://c.example/x/1.ts?m3u8', 'video'],
  ])('takes %s for %s', (name, kind) => expect(tellOf({ name }, HLS)).toMatchObject([{ kind }]));
});
