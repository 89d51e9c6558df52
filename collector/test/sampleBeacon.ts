// A right beacon, and its parts, for tests that spoil one thing in it.
import {
  CONTRACT_VERSION,
  decodeSlice,
  decodeSummary,
  encodeSlice,
  encodeSummary,
  type WireBeacon,
} from '@retour/player-sdk/contract';

export const VIEW = '019f2d3c-5a00-7c1e-9b4a-0d1e2f3a4b5c';

/** @param k Number of the slice. */
export function sampleSlice(k = 4) {
  return encodeSlice({
    ...decodeSlice([]),
    k,
    start: 1_783_166_430_000,
    durationMs: 10_000,
    playingMs: 10_000,
    mediaMs: 10_000,
    endState: 2,
  });
}

export function sampleBeacon(changes: Partial<WireBeacon> = {}): WireBeacon {
  return {
    v: CONTRACT_VERSION,
    sdk: { name: 'retour', version: '0.1.0' },
    view: VIEW,
    ctx: {
      rev: 0,
      asset: { id: 'film-1', title: 'Le film d’été' },
      player: { name: 'hls.js', version: '1.7.4', adapter: 'hlsjs' },
      privacy: 'exempt',
      weight: 1,
    },
    slices: [sampleSlice()],
    summary: encodeSummary({
      ...decodeSummary([]),
      rev: 3,
      start: 1_783_166_390_000,
      last: 1_783_166_440_000,
      slices: 5,
      playingMs: 50_000,
      attempts: 1,
    }),
    ...changes,
  };
}
