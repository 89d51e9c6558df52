// What an hour of viewing costs on the wire: one scripted play of ten minutes with both SDKs on the
// same player, so that both had the very same play to tell. Only bodies are counted, no heads.
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import type { Figures } from '../bench.ts';
import type { Came } from '../recordingCollector.ts';
import { openStage, type Stage } from './stage.ts';

const HEARTBEAT_MS = 10_000;
const HOUR_MS = 3_600_000;
/** How long the origin keeps the viewer waiting, once the picture has stopped. */
const STALL_MS = 3_000;
/** Sent at unload: nobody tells when it has arrived. */
const PATIENCE_MS = 1_500;

interface Step {
  /** Since the start of the script, s. */
  readonly atS: number;
  readonly name: string;
  readonly act: (stage: Stage, page: Page) => Promise<unknown>;
}

const run = (code: string) => (_: Stage, page: Page) =>
  page.evaluate(`(() => { const { video, hls } = window.host; ${code} })()`);

const SCRIPT: readonly Step[] = [
  { atS: 60, name: 'to the best rendition', act: run('hls.nextLevel = 2;') },
  { atS: 150, name: 'pause', act: run('video.pause();') },
  { atS: 160, name: 'play', act: run('void video.play();') },
  { atS: 240, name: 'seek 30 s ahead', act: run('video.currentTime += 30;') },
  { atS: 330, name: 'a stall', act: stall },
  { atS: 420, name: 'to the least rendition', act: run('hls.nextLevel = 0;') },
  { atS: 450, name: 'rendition by itself', act: run('hls.nextLevel = -1;') },
  { atS: 520, name: 'seek 20 s back', act: run('video.currentTime -= 20;') },
  { atS: 600, name: 'leave', act: (_, page) => page.goto('about:blank') },
];

export interface WireOptions {
  readonly say: (line: string) => void;
  /** Of the script; the steps beyond are left out. */
  readonly seconds?: number;
}

export async function measureWire({ say, seconds = 600 }: WireOptions): Promise<Figures> {
  const stage = await openStage({ heartbeatMs: HEARTBEAT_MS });
  try {
    const page = await stage.open(['retour', 'mux']);
    const startedAt = performance.now();
    await page.evaluate(() => window.host.play());
    for (const { atS, name, act } of SCRIPT) {
      if (atS > seconds && name !== 'leave') continue;
      await page.waitForTimeout(Math.min(atS, seconds) * 1000 - (performance.now() - startedAt));
      await act(stage, page);
    }
    const lastedMs = performance.now() - startedAt;
    await page.waitForTimeout(PATIENCE_MS);
    say(
      `on the wire: ${(lastedMs / 1000).toFixed(0)} s of hls.js play, both SDKs on the same player, heartbeat ${HEARTBEAT_MS} ms: ${SCRIPT.filter(
        ({ atS }) => atS <= seconds,
      )
        .map(({ atS, name }) => `${atS} s ${name}`)
        .join(', ')}`,
    );
    return tell(stage.collector.came, lastedMs, say);
  } finally {
    await stage.close();
  }
}

async function stall({ origin }: Stage, page: Page): Promise<void> {
  origin.obey(({ path }) => (path.endsWith('.m4s') ? { holdFrom: 0 } : undefined));
  await page.waitForFunction(() => window.host.video.readyState < 3);
  await page.waitForTimeout(STALL_MS);
  origin.release();
}

function tell(came: readonly Came[], lastedMs: number, say: (line: string) => void): Figures {
  const perHour = (value: number) => (value * HOUR_MS) / lastedMs;
  const of = (name: string) => {
    const bodies = came.filter(({ path }) => path.startsWith(`/${name}`));
    if (bodies.length === 0)
      throw new Error(`Nothing came from ${name}: there is nothing to compare.`);
    const raw = bodies.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    const sent = bodies.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
    // The floor: all bodies of the view as one stream, which has to say nothing twice.
    const floor = gzipSync(bodies.map(({ text }) => text).join('\n'), { level: 9 }).length;
    const unload = bodies.filter((body) => body.unload).length;
    say(
      `  ${name}: ${bodies.length} requests (${unload} at unload), ${raw} bytes before compression, ${sent} as sent, ${floor} as one stream`,
    );
    return {
      requests: perHour(bodies.length),
      raw: perHour(raw),
      sent: perHour(sent),
      floor: perHour(floor),
    };
  };
  const ours = of('retour');
  const mux = of('mux');
  const figures = {
    bytesPerHour: ours.raw,
    gzipBytesPerHour: ours.sent,
    requestsPerHour: ours.requests,
    floorBytesPerHour: ours.floor,
    sentToFloorRatio: ours.sent / ours.floor,
    muxBytesPerHour: mux.raw,
    muxSentBytesPerHour: mux.sent,
    muxRequestsPerHour: mux.requests,
    rawToMuxRatio: ours.raw / mux.raw,
    sentToMuxRatio: ours.sent / mux.sent,
  };
  for (const [name, value] of Object.entries(figures)) say(`  ${name} ${value.toPrecision(4)}`);
  return figures;
}
