import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openFirefox } from './firefox.ts';

describe('openFirefox', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    ['is not there', '/no/such/firefox', 'There is no Firefox at /no/such/firefox: install it'],
    ['is another program', process.execPath, 'Expected a program to say'],
  ])('leaves no profile where the browser %s', async (_, path, said) => {
    const folder = mkdtempSync(join(tmpdir(), 'retour-kit-'));
    vi.stubEnv('TMPDIR', folder);
    await expect(openFirefox(path)).rejects.toThrow(said);
    expect(readdirSync(folder)).toEqual([]);
    rmdirSync(folder);
  });
});
