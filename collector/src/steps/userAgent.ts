// Reads a user agent: browser, system, device, bot. Parsing costs 0.1 ms and audiences repeat
// themselves, so that the last ones are remembered.
import crawlers from 'crawler-user-agents';
import { LRUCache } from 'lru-cache';
import { UAParser } from 'my-ua-parser';
import type { DeviceType, Enrichment } from '../log/record.ts';

export type UserAgent = Pick<
  Enrichment,
  'browser' | 'browserVersion' | 'os' | 'osVersion' | 'deviceMaker' | 'deviceModel' | 'bot'
> & { readonly deviceType: DeviceType };

/** What is longer is read up to here: no real one is. */
const LONGEST = 512;

/** At most 10 MB. */
const REMEMBERED = 5_000;

const CRAWLER = new RegExp(crawlers.map(({ pattern }) => pattern).join('|'));

/** Model that Chromium writes where it hides the real one. */
const HIDDEN_MODEL = 'K';

export function createUserAgentReader(): (userAgent: string) => UserAgent {
  const remembered = new LRUCache<string, UserAgent>({ max: REMEMBERED });
  return (userAgent) => {
    const known = remembered.get(userAgent);
    if (known !== undefined) return known;
    const read = toUserAgent(userAgent.slice(0, LONGEST));
    if (userAgent.length <= LONGEST) remembered.set(userAgent, read);
    return read;
  };
}

export function toUserAgent(text: string): UserAgent {
  const { browser, os, device } = new UAParser(text).getResult();
  const model = device.model ?? '';
  return {
    browser: browser.name ?? '',
    browserVersion: browser.version ?? '',
    os: os.name ?? '',
    osVersion: os.version ?? '',
    deviceType: toDeviceType(device.type, os.name),
    deviceMaker: device.vendor ?? '',
    deviceModel: model === HIDDEN_MODEL ? '' : model,
    bot: CRAWLER.test(text),
  };
}

const DEVICE_TYPES: Readonly<Record<string, DeviceType>> = {
  mobile: 'phone',
  tablet: 'tablet',
  smarttv: 'tv',
  console: 'console',
  wearable: 'other',
  embedded: 'other',
};

/** The parser names no type for desktops: their systems do. */
const DESKTOP = /^(Windows|Mac OS|Linux|Chromium OS|Ubuntu|Debian|Fedora)$/;

function toDeviceType(type: string | undefined, os: string | undefined): DeviceType {
  if (type !== undefined) return DEVICE_TYPES[type] ?? 'other';
  return os !== undefined && DESKTOP.test(os) ? 'desktop' : '';
}
