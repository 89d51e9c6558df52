// The public API as it is committed is the API as it is: a change shows in the report, and in the pages.
import { describe, expect, it } from 'vitest';
import { findDrift, generateApi } from '../build/api.mjs';

describe('the API report and its pages', () => {
  const files = generateApi();

  it('are what `npm run api -w @retour/player-sdk` writes', () => {
    expect(findDrift(files)).toEqual([]);
  });

  it('would be missed, and would be caught changed', () => {
    const report = 'api/player-sdk.api.md';
    expect(findDrift({ ...files, [report]: `${files[report]} ` })).toEqual([report]);
    expect(findDrift({ ...files, 'docs/api/new.md': '' })).toEqual(['docs/api/new.md']);
  });

  it('name every entry and the methods of the monitor', () => {
    const pages = files['docs/api/README.md'];
    for (const entry of ['hlsjs', 'offline', 'ads', 'react']) {
      expect(pages).toContain(`@retour/player-sdk/${entry}`);
    }
    expect(files['docs/api/monitor.md']).toContain('consent(mode: PrivacyMode): void;');
  });
});
