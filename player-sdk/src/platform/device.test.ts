import { describe, expect, it } from 'vitest';
import type { PrivacyMode } from '../contract/context.ts';
import { contextSchema } from '../contract/schema/context.ts';
import { askModel, isTrackingRefused, readConnection, readDevice, readPage } from './device.ts';

const MODES: readonly PrivacyMode[] = ['none', 'exempt', 'consented'];

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

describe('readDevice', () => {
  it('gives low-entropy hints alone without consent', () => {
    const hints = { platform: 'Android', mobile: true, brands: 'Chromium 140, X 1' };
    expect(readDevice(scopeOf({ userAgentData }), 'none')).toEqual(hints);
    expect(readDevice(scopeOf({ userAgentData }), 'exempt')).toEqual(hints);
    expect(readDevice(scopeOf({ userAgentData }), 'consented')).toEqual({
      ...hints,
      screenWidth: 412,
      screenHeight: 915,
      pixelRatio: 2.625,
      language: 'fr',
    });
  });

  it('guesses nothing where the browser says nothing', () => {
    expect(readDevice(scopeOf(), 'exempt')).toEqual({});
  });
});

describe('askModel', () => {
  it('asks with consent only, and bears a refusal', async () => {
    const asked: string[] = [];
    const refusing = {
      ...userAgentData,
      getHighEntropyValues: () => Promise.reject(new Error('policy')),
    };
    for (const mode of MODES)
      askModel(scopeOf({ userAgentData }), mode, (model) => asked.push(`${mode} ${model}`));
    askModel(scopeOf({ userAgentData: refusing }), 'consented', (model) => asked.push(model));
    askModel(scopeOf(), 'consented', (model) => asked.push(model));
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual(['consented Pixel 9']);
  });
});

describe('readPage', () => {
  it('has a query string and a referrer with consent only', () => {
    const pages = MODES.map((mode) => JSON.stringify(readPage(scopeOf(), mode)));
    expect(pages[0]).toBe('{"origin":"https://tv.example"}');
    expect(pages[1]).toBe('{"origin":"https://tv.example","path":"/watch","title":"Watch"}');
    expect(pages[2]).toContain('?user=7');
    expect(pages.slice(0, 2).join()).not.toMatch(/user|secret/);
  });
});

describe('readConnection', () => {
  it('is in the units of the contract, or absent', () => {
    const connection = {
      type: 'cellular',
      effectiveType: '4g',
      downlink: 8.75,
      rtt: 50,
      saveData: false,
    };
    expect(readConnection(scopeOf({ connection }))).toEqual({
      type: 'cellular',
      effectiveType: '4g',
      downlinkKbps: 8_750,
      rttMs: 50,
      saveData: false,
    });
    expect(readConnection(scopeOf())).toBeUndefined();
  });
});

describe('isTrackingRefused', () => {
  it.each<[object, boolean]>([
    [{ globalPrivacyControl: true }, true],
    [{ doNotTrack: '1' }, true],
    [{ globalPrivacyControl: false, doNotTrack: '0' }, false],
    [{ doNotTrack: null }, false],
    [{}, false],
  ])('%j: %s', (navigator, refused) => {
    expect(isTrackingRefused(scopeOf(navigator))).toBe(refused);
  });
});

describe('what the browser says', () => {
  it.each(MODES)('fits the contract in the mode %s', (privacy) => {
    const scope = scopeOf({ userAgentData, connection: { downlink: 1.5, rtt: 1 } });
    const context = {
      rev: 0,
      asset: { id: 'a' },
      player: { name: 'p', adapter: 'html5' },
      privacy,
      weight: 1,
      page: readPage(scope, privacy),
      device: readDevice(scope, privacy),
      connection: readConnection(scope),
    };
    expect(contextSchema.safeParse(context).success).toBe(true);
  });
});
