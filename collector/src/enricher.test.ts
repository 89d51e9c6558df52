import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeMmdb } from '../test/writeMmdb.ts';
import { type CollectorConfig, ConfigError, readConfig } from './config.ts';
import { openEnricher } from './enricher.ts';
import type { Enrichment } from './log/record.ts';
import type { Sender } from './steps/passage.ts';

const directory = mkdtempSync(join(tmpdir(), 'retour-mmdb-'));
afterAll(() => rmSync(directory, { recursive: true }));

const geographyDatabase = join(directory, 'city.mmdb');
const networkDatabase = join(directory, 'asn.mmdb');
writeMmdb(geographyDatabase, 'GeoLite2-City', {
  '198.51.100.0/24': {
    country: { iso_code: 'CH' },
    subdivisions: [{ iso_code: 'GE' }],
    city: { names: { en: 'Genève' } },
  },
  '2001:db8::/32': { country: { iso_code: 'FR' } },
});
writeMmdb(networkDatabase, 'GeoLite2-ASN', {
  '198.51.100.0/24': {
    autonomous_system_number: 64_500,
    autonomous_system_organization: 'Example Telecom',
  },
});

const CONFIG: CollectorConfig = { ...readConfig({}), geographyDatabase, networkDatabase };

const SENDER: Sender = { address: '192.0.2.1', country: '', userAgent: '', hints: undefined };

async function check(sender: Partial<Sender>, found: Partial<Enrichment>): Promise<void> {
  const enrich = await openEnricher(CONFIG);
  for (const time of ['first', 'again']) {
    const { enrichment, json } = enrich({ ...SENDER, ...sender });
    expect(enrichment, time).toMatchObject(found);
    expect(JSON.parse(json), time).toEqual(enrichment);
  }
}

describe('openEnricher', () => {
  it('finds places and networks in the databases', async () => {
    await check(
      { address: '198.51.100.77', country: 'DE' },
      {
        ...{ country: 'CH', region: 'CH-GE', city: 'Genève', asn: 64_500 },
        ...{ network: 'Example Telecom', addressPrefix: '198.51.100.0/24' },
      },
    );
    const inside = { address: '::ffff:198.51.100.77' };
    await check(inside, { country: 'CH', addressPrefix: '198.51.100.0/24' });
    const six = { address: '2001:db8:1:2:3:4:5:6' };
    await check(six, { country: 'FR', region: '', addressPrefix: '2001:db8:1::/48' });
  });

  it('takes the country of the CDN where they know none', async () => {
    await check({ country: 'de' }, { country: 'DE', region: '', addressPrefix: '192.0.2.0/24' });
    for (const country of ['XX', 'T1', 'Germany', '']) await check({ country }, { country: '' });
  });

  it('knows nowhere for what is no address', async () => {
    await check({ address: '' }, { country: '', addressPrefix: '' });
  });

  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
      { browser: 'Chrome', os: 'Windows', osVersion: '10', deviceType: 'desktop', bot: false },
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
      { os: 'iOS', deviceType: 'phone', deviceMaker: 'Apple', deviceModel: 'iPhone' },
    ],
    [
      'Mozilla/5.0 (PlayStation; PlayStation 5/2.26) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15',
      { deviceType: 'console', deviceMaker: 'Sony' },
    ],
    [
      'Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) 76.0.3809.146/6.0 TV Safari/537.36',
      { os: 'Tizen', deviceType: 'tv' },
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.0.0 Safari/537.36',
      { os: 'Linux', bot: true },
    ],
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', { bot: true }],
    [
      'Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
      { bot: false, deviceType: 'phone' },
    ],
    ['', { browser: '', os: '', deviceType: '', bot: false }],
    ['x'.repeat(10_000), { browser: '', bot: false }],
  ] as const)('reads the user agent %s', (userAgent, found) => check({ userAgent }, found));

  it('believes what the page reports before the user agent, which hides the model', async () => {
    const userAgent =
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36';
    await check({ userAgent }, { deviceModel: '', deviceType: 'phone' });
    await check({ userAgent, hints: { model: 'Pixel 9' } }, { deviceModel: 'Pixel 9' });
    await check(
      { hints: { platform: 'KaiOS', mobile: true } },
      { os: 'KaiOS', deviceType: 'phone' },
    );
  });

  it('refuses a file that is no database, in one line', async () => {
    const path = join(directory, 'not.mmdb');
    writeFileSync(path, 'hello');
    await expect(openEnricher({ ...CONFIG, networkDatabase: path })).rejects.toThrow(ConfigError);
  });
});
