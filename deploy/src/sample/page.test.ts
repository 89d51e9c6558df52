// What the playground makes of an address, of names and of what leaves, without a browser.
import type { Beacon, ViewEvent } from '@retour/player-sdk/contract';
import { describe, expect, it } from 'vitest';
import { toEventLines, toTitle } from '../../sample/page/decoded.ts';
import { toVisible } from '../../sample/page/elements.ts';
import { toMediaErrorText } from '../../sample/page/mediaError.ts';
import { readSettings } from '../../sample/page/settings.ts';

const BASE = { seq: 0, rev: 0, at: 0, ctx: 0 };

describe('readSettings', () => {
  it.each([
    ['', 'is empty'],
    ['a\u0001b', 'has a control character (U+0001)'],
    ['x'.repeat(201), 'has 201 characters: at most 200.'],
  ])('says what is wrong with the asset %j', (asset, words) => {
    const query = new URLSearchParams({ key: 'wk_of_the_test', endpoint: '/r', asset });
    const found = readSettings(`${query}`, 'https://retour.example/sample/');
    expect(found).toContain(`The asset in the address ${words}`);
  });

  it('takes an asset that only looks like nothing', () => {
    const query = new URLSearchParams({ key: 'wk_of_the_test', endpoint: '/r', asset: ' ' });
    const found = readSettings(`${query}`, 'https://retour.example/sample/');
    expect(found).toMatchObject({ asset: ' ', endpoint: 'https://retour.example/r' });
  });
});

describe('toVisible', () => {
  it.each([
    [' ', '\\u{20}'],
    ['\u0301\u0302', '\\u{301}\\u{302}'],
    ['\u3164', '\\u{3164}'],
    ['a\u202eb', 'a\\u{202e}b'],
    ['Cafe\u0301 au lait', 'Cafe\u0301 au lait'],
    ['', ''],
  ])('shows %j as %j', (text, shown) => expect(toVisible(text)).toBe(shown));
});

describe('toTitle', () => {
  const error = (fatal: boolean): ViewEvent => ({
    ...{ ...BASE, type: 'error', fatal, category: 'unknown', code: 'E1' },
  });
  const exit: ViewEvent = { ...BASE, type: 'exit', kind: 'replaced' };
  it.each<[string, readonly ViewEvent[]]>([
    ['heartbeat', []],
    ['exit (replaced)', [exit]],
    ['error E1', [error(false)]],
    ['exit (replaced), error E1', [error(false), exit]],
    ['fatal error E1', [error(true), exit]],
  ])('is %j', (title, events) => {
    expect(toTitle({ events } as Beacon)).toBe(title); // It reads nothing else.
  });
});

describe('toEventLines', () => {
  it('gives the units of a rendition', () => {
    const rendition = { bitrate: 800_000, width: 640, height: 360, frameRate: 25, codec: 'avc1' };
    const lines = toEventLines({ ...BASE, type: 'rendition', rendition });
    expect(lines.slice(-5)).toEqual([
      ['rendition.bitrate', '800\u202f000', 'bit/s'],
      ['rendition.width', '640', 'px'],
      ['rendition.height', '360', 'px'],
      ['rendition.frameRate', '25', 'frames/s'],
      ['rendition.codec', 'avc1', ''],
    ]);
  });
});

describe('toMediaErrorText', () => {
  it('says it in words, with the code and what the browser adds', () => {
    const text = toMediaErrorText({ code: 3, message: 'DEMUXER_ERROR_COULD_NOT_PARSE' });
    expect(text).toContain(
      'cannot decode what came (MEDIA_ERR_DECODE: DEMUXER_ERROR_COULD_NOT_PARSE)',
    );
    expect(toMediaErrorText({ code: 9, message: '' })).toContain('(code 9)');
  });
});
