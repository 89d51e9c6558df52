import { describe, expect, it } from 'vitest';
import { createScreening, start } from '../../test/screening.ts';
import { bucketOf, type Cell, decodeDelivery } from '../contract/index.ts';

describe('foldSegment', () => {
  it('counts by host and pathway, and times what the browser lets us see', () => {
    const s = createScreening();
    s.emit('pathway', { host: 'a.example', pathway: 'A' });
    start(s);
    s.emit('segment', {
      kind: 'video',
      host: 'a.example',
      bytes: 1_000_000,
      ok: true,
      ttfbMs: 40,
      transferMs: 800,
    });
    s.emit('segment', { kind: 'video', host: 'a.example', bytes: 500_000, ok: true });
    s.emit('segment', {
      kind: 'video',
      host: 'a.example',
      bytes: 0,
      ok: false,
      ttfbMs: 9,
      transferMs: 9,
    });
    s.emit('segment', {
      kind: 'audio',
      host: 'b.example',
      pathway: 'B',
      bytes: 7,
      ok: true,
      ttfbMs: 5,
      transferMs: 0,
    });
    s.play(1_000);
    const [slice] = s.end().slices;
    expect(slice).toMatchObject({ requests: 4, requestFailures: 1, bytes: 1_500_007 });
    // Encoded rows inside of the row.
    expect(slice?.deliveries.map((row) => decodeDelivery(row as Cell[]))).toEqual([
      {
        host: 'a.example',
        pathway: 'A',
        requests: 3,
        failures: 1,
        bytes: 1_500_000,
        timedRequests: 1,
        timedBytes: 1_000_000,
        ttfbMs: 40,
        transferMs: 800,
        ttfbHistogram: [bucketOf(40), 1],
        throughputHistogram: [bucketOf(10_000), 1],
      },
      expect.objectContaining({
        host: 'b.example',
        pathway: 'B',
        requests: 1,
        timedRequests: 1,
        ttfbHistogram: [bucketOf(5), 1],
        throughputHistogram: [],
      }),
    ]);
  });

  it('belongs to the slice of the time at which it ended', () => {
    const s = createScreening();
    start(s);
    s.play(6_500);
    s.play(50, 0);
    s.emit('segment', { kind: 'video', host: 'a', bytes: 1, ok: true });
    s.play(150, 0);
    s.emit('segment', { kind: 'video', host: 'a', bytes: 2, ok: true });
    s.play(50, 50);
    expect(s.end().slices).toMatchObject([{ bytes: 1 }, { bytes: 2 }]);
  });

  it('bounds what waits for a look at the playhead', () => {
    const s = createScreening();
    start(s);
    s.play(1_000);
    for (let i = 0; i < 500; i += 1) {
      s.play(1, 0);
      s.emit('segment', { kind: 'video', host: 'a', bytes: 1, ok: true });
    }
    expect(s.peek().summary?.bytes).toBeGreaterThan(430);
    s.look();
    expect(s.end().summary).toMatchObject({ bytes: 500, playingMs: 1_500, mediaMs: 1_500 });
  });
});
