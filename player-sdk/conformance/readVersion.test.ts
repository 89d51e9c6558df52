import { describe, expect, it } from 'vitest';
import { readVersion } from './readVersion.ts';

describe('readVersion', () => {
  it.each(['hls.js', 'video.js', 'dashjs', 'shaka-player', 'mux-embed'])(
    'finds that of %s',
    (name) => expect(readVersion(name)).toMatch(/^\d+\.\d+\.\d+$/),
  );
});
