import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SDK } from './sdk.ts';

describe('SDK', () => {
  it('has the version that package.json says', () => {
    const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
    const { version } = JSON.parse(file) as Record<string, unknown>; // Our own file.
    expect(SDK).toEqual({ name: 'retour', version });
  });
});
