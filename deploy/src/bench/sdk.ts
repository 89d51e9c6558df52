// `bench sdk`: what the SDK costs the page that carries it. Bytes to load, beside two other SDKs;
// main-thread time of a real play on a slowed processor; bytes on the wire of a scripted one.
import type { Bench, Figures } from './bench.ts';
import { measureSizes } from './sdk/measureSizes.ts';
import { measureTimes } from './sdk/measureTimes.ts';
import { measureWire } from './sdk/measureWire.ts';

export const sdkBench: Bench = { run };

async function run(say: (line: string) => void): Promise<Figures> {
  const sizes = await measureSizes(say);
  const times = await measureTimes({ say });
  const wire = await measureWire({ say });
  return { ...sizes, ...times, ...wire };
}
