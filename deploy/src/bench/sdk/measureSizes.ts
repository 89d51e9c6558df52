// What an adopter's page has to load: each entry of the SDK, bundled as one file and compressed, beside
// two other SDKs that went through the same bundler.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { ROOT } from '../../repository/sources.ts';
import type { Figures } from '../bench.ts';
import { bundle } from './bundle.ts';

/** For servers, tests and script tags: not what an adopter's bundler takes in. */
const ELSEWHERE = /^\.\/(contract|meter|conformance|retour\.js|package\.json)/;
const SDK = '@retour/player-sdk';
const CORE = `export { monitor } from '${SDK}'; export { hlsjs } from '${SDK}/hlsjs';`;

interface Size {
  readonly minified: number;
  readonly gzip: number;
  readonly brotli: number;
}

export async function measureSizes(say: (line: string) => void): Promise<Figures> {
  say('sizes in bytes, each one file from the same bundler: minified, gzip -9, brotli 11');
  const weigh = async (name: string, source: string) => {
    const size = toSize(await bundle(source));
    say(`  ${name.padEnd(52)} ${toCells(size)}`);
    return size;
  };
  const core = await weigh('core + hls.js adapter', CORE);
  const offline = await weigh('core + hls.js adapter + offline', `${CORE}${from('./offline')}`);
  const mux = await weighPeer(say, 'mux-embed', 'dist/mux.js');
  const fastpix = await weighPeer(say, '@fastpix/video-data-core', 'dist/index.js');
  say('  what each further entry adds to core + hls.js adapter:');
  let furthest = 0;
  for (const entry of readEntries()) {
    if (entry === '.' || entry === './hlsjs') continue;
    const { minified, gzip, brotli } = toSize(await bundle(`${CORE}${from(entry)}`));
    const added = {
      minified: minified - core.minified,
      gzip: gzip - core.gzip,
      brotli: brotli - core.brotli,
    };
    if (ADAPTERS.has(entry)) furthest = Math.max(furthest, added.gzip);
    say(`  ${entry.padEnd(52)} ${toCells(added)}`);
  }
  return {
    coreGzip: core.gzip,
    coreBrotli: core.brotli,
    offlineGzip: offline.gzip,
    offlineBrotli: offline.brotli,
    adapterGzip: furthest,
    muxGzip: mux.gzip,
    muxBrotli: mux.brotli,
    fastpixGzip: fastpix.gzip,
    fastpixBrotli: fastpix.brotli,
    coreToMuxRatio: core.gzip / mux.gzip,
    coreToFastpixRatio: core.gzip / fastpix.gzip,
  };
}

/** The smaller of what is published for a script tag and what the bundler makes of the module. */
async function weighPeer(say: (line: string) => void, name: string, file: string): Promise<Size> {
  const published = toSize(readFileSync(join(ROOT, 'node_modules', name, file), 'utf8'));
  const bundled = toSize(
    await bundle(`export * from '${name}'; export { default } from '${name}';`),
  );
  say(`  ${`${name}, ${file} as published`.padEnd(52)} ${toCells(published)}`);
  say(`  ${`${name}, bundled`.padEnd(52)} ${toCells(bundled)}`);
  return published.gzip < bundled.gzip ? published : bundled;
}

const ADAPTERS: ReadonlySet<string> = new Set(['./html5', './videojs', './dashjs', './shaka']);

function from(entry: string): string {
  return `export * from '${SDK}${entry.slice(1)}';`;
}

function readEntries(): string[] {
  const manifest = readFileSync(join(ROOT, 'player-sdk', 'package.json'), 'utf8');
  const { exports } = JSON.parse(manifest) as { exports: Record<string, unknown> }; // Ours.
  return Object.keys(exports).filter((entry) => !ELSEWHERE.test(entry));
}

function toSize(code: string): Size {
  return {
    minified: Buffer.byteLength(code),
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
  };
}

function toCells({ minified, gzip, brotli }: Size): string {
  return [minified, gzip, brotli].map((bytes) => String(bytes).padStart(8)).join('');
}
