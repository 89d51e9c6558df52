import { describe, expect, it } from 'vitest';
import { askModel, isTrackingRefused, readBrowser } from './device.ts';

function scopeOf(navigator: object = {}): Window {
  return {
    navigator: { language: 'fr', ...navigator },
    screen: { width: 412, height: 915 },
    devicePixelRatio: 2.625,
    location: { origin: 'https://tv.example', pathname: '/watch', search: '?user=7' },
    document: { title: 'Watch', referrer: 'https://a.example/?q=secret' },
  } as unknown as Window; // All that is read.
}

const userAgentData = {
  platform: 'Android',
  mobile: true,
  brands: [
    { brand: 'Chromium', version: '140' },
    { brand: 'X', version: '1' },
  ],
  getHighEntropyValues: () => Promise.resolve({ model: 'Pixel 9' }),
};

describe('readBrowser', () => {
  it('says what the browser says, in the units of the contract', () => {
    const connection = { type: 'cellular', effectiveType: '4g', downlink: 8.75, rtt: 50 };
    expect(readBrowser(scopeOf({ userAgentData, connection }))).toEqual({
      page: {
        origin: 'https://tv.example',
        path: '/watch?user=7',
        title: 'Watch',
        referrer: 'https://a.example/?q=secret',
      },
      device: {
        platform: 'Android',
        mobile: true,
        screenWidth: 412,
        screenHeight: 915,
        pixelRatio: 2.625,
        language: 'fr',
      },
      connection: { type: 'cellular', effectiveType: '4g' },
    });
    expect(readBrowser(scopeOf()).connection).toBeUndefined();
  });
});

describe('askModel', () => {
  it('bears a refusal, a browser that has none, and what extensions put in its place', async () => {
    const told: string[] = [];
    const refusing = { getHighEntropyValues: () => Promise.reject(new Error('policy')) };
    const broken = { getHighEntropyValues: () => undefined };
    const emptied = { getHighEntropyValues: () => Promise.resolve() };
    for (const data of [userAgentData, refusing, broken, emptied, {}, null, undefined])
      askModel(scopeOf({ userAgentData: data }), (model) => told.push(model));
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toEqual(['Pixel 9']);
  });
});

describe('isTrackingRefused', () => {
  it.each<[object, boolean]>([
    [{ globalPrivacyControl: true }, true],
    [{ doNotTrack: '1' }, true],
    [{ globalPrivacyControl: false, doNotTrack: '0' }, false],
    [{ doNotTrack: null }, false],
    [{ doNotTrack: 'yes' }, true], // Firefox before 32.
    [{ doNotTrack: 'unspecified' }, false],
    [{}, false],
  ])('%j: %s', (navigator, refused) => {
    expect(isTrackingRefused(scopeOf(navigator))).toBe(refused);
  });

  // Whatever else a page has put there is none.
  it.each<[unknown, boolean]>([
    ['1', true],
    ['0', false],
    ['unspecified', false],
    [() => 1, false],
  ])('of a window that says %s: %s', (doNotTrack, refused) => {
    expect(isTrackingRefused(Object.assign(scopeOf(), { doNotTrack }))).toBe(refused);
  });
});
