import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, SETTINGS } from './config.ts';

function mistakes(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('takes nothing as its standard settings', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      path: '/r',
      quotaPart: 1,
    });
  });

  it('takes what is written', () => {
    const config = readConfig({
      RETOUR_TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::1',
      RETOUR_COUNTRY_HEADER: 'CF-IPCountry',
      RETOUR_PATH: '/v/1',
    });
    expect(config.trustedProxies).toEqual(['10.0.0.0/8', '2001:db8::1']);
    expect(config.countryHeader).toBe('cf-ipcountry');
    expect(config.path).toBe('/v/1');
  });

  it.each([
    ['RETOUR_PORT', '70000', 'an integer from 0 to 65535'],
    ['RETOUR_PORT', '80a', 'an integer from 0 to 65535'],
    ['RETOUR_PATH', 'r', 'a path like /r'],
    ['RETOUR_PATH', '/r/', 'a path like /r'],
    ['RETOUR_TRUSTED_PROXIES', 'proxy.local', 'addresses or CIDR ranges'],
    ['RETOUR_COUNTRY_HEADER', 'cf-ipcountry', 'RETOUR_TRUSTED_PROXIES beside it'],
    ['RETOUR_GEOGRAPHY_DATABASE', '/nowhere.mmdb', 'the path of a file that can be read'],
    ['RETOUR_QUOTA_PART', '0', 'a number above 0 and at most 1'],
    ['RETOUR_QUOTA_PART', 'half', 'a number above 0 and at most 1'],
    ['RETOUR_REQUEST_TIMEOUT_MS', '1', 'an integer from 100 to 300000'],
  ])('refuses %s=%s in one line', (variable, value, expected) => {
    const lines = mistakes({ [variable]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`${variable}: expected ${expected}`);
    expect(lines[0]).toContain(`came ${JSON.stringify(value)}`);
  });

  it('names every mistake at once', () => {
    expect(mistakes({ RETOUR_PORT: 'x', RETOUR_PATH: 'x' })).toHaveLength(2);
  });
});

describe('SETTINGS', () => {
  it('is what the docs say', () => {
    const docs = readFileSync(new URL('../docs/settings.md', import.meta.url), 'utf8');
    const rows = Object.values(SETTINGS).map(
      ({ variable, standard, meaning }) =>
        `| \`${variable}\` | ${standard === '' ? '' : `\`${standard}\``} | ${meaning} |`,
    );
    expect(docs.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
  });
});
