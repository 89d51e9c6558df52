import { afterEach, describe, expect, it, vi } from 'vitest';
import { openWebkit } from './webkit.ts';

describe('openWebkit', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('says what to install where there is no screen to be had', async () => {
    vi.stubEnv('PATH', '');
    await expect(openWebkit(process.execPath)).rejects.toThrow('There is no Xvfb: install it.');
  });
});
