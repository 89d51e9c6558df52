// Scenarios of live channels: their first frame was broadcast 16 s before the cell began, so every frame's
// own moment is known, and with it how far behind the picture is.
import type { Truth } from '../metrics.ts';
import type { Stage } from '../stage.ts';
import { holdAfter, type Scenario } from './scenario.ts';

const NO_LIVE_SEEK = "Chromium's own HLS does not seek in a live channel.";

export const LIVING: readonly Scenario[] = [
  {
    name: 'liveJoin',
    title: 'The viewer joins a live channel and watches five seconds.',
    known: toLatency,
    untold: ['bytes'], // A playlist is asked for again until the very end.
    async run(stage) {
      await stage.mount({ stream: 'live' });
      await stage.play('live');
      await stage.untilMoved(5000);
    },
  },
  {
    name: 'liveStall',
    title: 'The channel of the viewer stalls for two seconds.',
    known: toLatency,
    untold: ['bytes'],
    must: [{ stalls: 1 }],
    async run(stage) {
      stage.spoil(holdAfter(18));
      await join(stage);
      await stage.untilStill(2000);
      stage.release();
      await stage.untilMoved(3000);
    },
  },
  {
    name: 'liveSeekBack',
    title: 'The viewer seeks six seconds back in the window, and plays on.',
    without: { html5: NO_LIVE_SEEK },
    known: toLatency,
    untold: ['bytes'],
    must: [{ seeks: 1 }],
    async run(stage) {
      await join(stage);
      await stage.seekBy(-6);
      await stage.untilMoved(3000);
    },
  },
  {
    name: 'liveEdge',
    title: 'The viewer seeks back in the window, and returns to where it is live.',
    without: { html5: NO_LIVE_SEEK },
    known: toLatency,
    untold: ['bytes'],
    must: [{ seeks: 2 }],
    async run(stage) {
      await join(stage);
      await stage.seekBy(-6);
      await stage.untilMoved(2000);
      await stage.seekBy(6);
      await stage.untilMoved(3000);
    },
  },
  {
    name: 'liveCatchUp',
    title:
      'The page plays a live channel faster by a tenth for four seconds, to come nearer to the edge.',
    without: { html5: "Chromium's own HLS fails when a live channel's rate is changed." },
    known: toLatency,
    untold: ['bytes'],
    async run(stage) {
      await join(stage);
      await stage.rate(1.1);
      await stage.untilMoved(4000);
      await stage.rate(1);
      await stage.untilMoved(2000);
    },
  },
  {
    name: 'eventGrowing',
    title:
      'An event whose playlist keeps all since its beginning, and grows: the viewer joins, and seeks back.',
    without: { html5: NO_LIVE_SEEK },
    known: toLatency,
    untold: ['bytes'],
    must: [{ seeks: 1 }],
    async run(stage) {
      await join(stage, 'event');
      await stage.seekBy(-6);
      await stage.untilMoved(5000);
    },
  },
];

/** Joins the channel, and watches it for two seconds. */
async function join(stage: Stage, stream: 'live' | 'event' = 'live'): Promise<void> {
  await stage.mount({ stream });
  await stage.play(stream);
  await stage.untilMoved(2000);
}

/** Frame n was broadcast n frames after the channel began. Weighted by the time that each was shown. */
async function toLatency(stage: Stage): Promise<Truth> {
  const seen = await stage.seen();
  let shownMs = 0;
  let latencyMsMs = 0;
  seen.forEach(([at, frame], i) => {
    const [until] = seen[i + 1] ?? [];
    // What stood for long is a stall, a seek or the start: the playhead is not playing.
    if (until === undefined || until - at > 250) return;
    shownMs += until - at;
    latencyMsMs += (until - at) * ((until + at) / 2 - stage.channelStartedAt - frame * 40);
  });
  // Chromium's own HLS tells a page nothing of the broadcast's clock.
  if (shownMs === 0 || stage.player === 'html5') return {};
  return { liveLatencyMs: { value: latencyMsMs / shownMs, resolution: 60, from: 'picture' } };
}
