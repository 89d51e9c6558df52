// The bench in short: that it measures what it says. Its figures are judged where it runs in full.
import { describe, expect, it } from 'vitest';
import { measureSizes } from './sdk/measureSizes.ts';
import { measureTimes } from './sdk/measureTimes.ts';
import { measureWire } from './sdk/measureWire.ts';

const say = () => undefined;

describe('measureSizes', () => {
  it('weighs every entry, and finds the SDK smaller than mux-embed', async () => {
    const { coreGzip = 0, offlineGzip = 0, muxGzip } = await measureSizes(say);
    expect(coreGzip).toBeGreaterThan(1_000); // Something was bundled.
    expect(offlineGzip).toBeGreaterThan(coreGzip);
    expect(offlineGzip).toBeLessThan(muxGzip ?? 0);
  });
});

describe('measureWire', () => {
  it('counts the bodies of both SDKs, and ours are less on the wire', async () => {
    const figures = await measureWire({ say, seconds: 12 });
    expect(figures['requestsPerHour']).toBeGreaterThan(0);
    expect(figures['muxRequestsPerHour']).toBeGreaterThan(0);
    expect(figures['rawToMuxRatio']).toBeLessThan(1);
    expect(figures['sentToMuxRatio']).toBeLessThan(1);
  });
});

describe('measureTimes', () => {
  it('sees signals and beacons, and the slowdown in both', async () => {
    const figures = await measureTimes({
      say,
      playMs: 16_000,
      warmUpMs: 8_000,
      replayed: { signals: 1_000, views: 4 },
    });
    expect(figures['playSignals']).toBeGreaterThan(20);
    expect(figures['playBeacons']).toBeGreaterThan(0);
    expect(figures['signalP99Ms']).toBeGreaterThan(0);
    expect(figures['signalFloorP99Ms']).toBeGreaterThan(0);
    expect(figures['beaconFloorP99Ms']).toBeGreaterThan(0);
    expect(figures['slowedMainThreadShare']).toBeGreaterThan(figures['mainThreadShare'] ?? 1);
  });
});
