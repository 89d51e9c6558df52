import { describe, expect, it } from 'vitest';
import { madeEvent, madeRows, madeSlice } from './madeRows.ts';
import { renditionName, runAt, toHiddenSpans, toHostRuns, toRenditionRuns } from './toLanes.ts';

describe('toRenditionRuns', () => {
  it('lasts from each change to the next, and the last one to the end', () => {
    const events = [
      madeEvent(0, 'rendition', { rendition: { bitrate: 800_000, height: 360 } }),
      madeEvent(4_000, 'rendition', { rendition: { bitrate: 5_000_000, height: 1080 } }),
    ];
    const runs = toRenditionRuns(madeRows({ events, to: 9_000 }));
    expect(runs.map(({ from, to, height }) => [from, to, height])).toEqual([
      [0, 4_000, 360],
      [4_000, 9_000, 1080],
    ]);
  });
  it('takes the longest played of each slice where no event tells', () => {
    const share = (bitrate: number, playingMs: number) => ({
      bitrate,
      width: 0,
      height: 0,
      playingMs,
    });
    const slices = [
      madeSlice({ from: 0, to: 10, renditions: [share(1, 2), share(2, 8)] }),
      madeSlice({ from: 10, to: 20, renditions: [share(2, 10)] }),
      madeSlice({ from: 20, to: 30 }),
    ];
    expect(toRenditionRuns(madeRows({ slices, to: 30 }))).toEqual([
      { from: 0, to: 20, bitrate: 2, width: 0, height: 0 },
    ]);
  });
});

describe('toHostRuns', () => {
  it('joins neighbours and leaves out what is not known', () => {
    const hosts = ['', 'a', 'a', 'b', 'a'];
    const slices = hosts.map((host, n) => madeSlice({ from: n * 10, to: n * 10 + 10, host }));
    expect(
      toHostRuns(madeRows({ slices, to: 50 })).map(({ from, to, host }) => [from, to, host]),
    ).toEqual([
      [10, 30, 'a'],
      [30, 40, 'b'],
      [40, 50, 'a'],
    ]);
  });
});

describe('toHiddenSpans', () => {
  it('pairs hiding with showing; what stays hidden lasts to the end', () => {
    const events = [
      madeEvent(1, 'visibility', { hidden: true }),
      madeEvent(2, 'visibility', { hidden: true }),
      madeEvent(5, 'visibility', { hidden: false }),
      madeEvent(8, 'visibility', { hidden: true }),
    ];
    expect(toHiddenSpans(madeRows({ events, to: 10 }))).toEqual([
      { from: 1, to: 5 },
      { from: 8, to: 10 },
    ]);
  });
});

describe('runAt', () => {
  const runs = [
    { from: 0, to: 5 },
    { from: 7, to: 9 },
  ];
  it.each([
    [0, 0],
    [4, 0],
    [5, undefined],
    [7, 1],
    [9, undefined],
    [-1, undefined],
  ])('at %d', (at, index) => {
    expect(runAt(runs, at)).toBe(index === undefined ? undefined : runs[index]);
  });
});

describe('renditionName', () => {
  it('prefers the height', () => {
    expect(renditionName({ width: 1920, height: 1080 })).toBe('1080p');
    expect(renditionName({ width: 0, height: 0 })).toBe('');
  });
});
