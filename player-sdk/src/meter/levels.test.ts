import { describe, it } from 'vitest';
import { check, EPOCH, start } from '../../test/screening.ts';

describe('addLevels', () => {
  it('weighs the buffer by time, so that seldom looks count as much as frequent ones', () => {
    check(
      (s) => {
        s.set({ bufferedEnd: 10_000 });
        start(s);
        s.set({ bufferedEnd: 10_000 });
        s.play(4_000, 100); // From 10 s down to 6 s.
        s.play(4_000, 1_000); // Down to 2 s.
      },
      { summary: { bufferMs: 8_000, bufferMsMs: 8_000 * 6_000 } },
    );
  });

  it('keeps the least and the most of a slice', () => {
    check(
      (s) => {
        s.set({ bufferedEnd: 30_000 });
        start(s);
        s.play(6_000, 1_000);
      },
      { slices: [{ bufferMin: 24_500, bufferMax: 29_500, bufferMs: 6_000 }] },
    );
  });

  it('weighs the live latency while it is watched, stalls included, pauses not', () => {
    check(
      (s) => {
        s.set({ programTime: EPOCH - 5_000 });
        start(s);
        for (let i = 0; i < 20; i += 1) {
          s.set({ programTime: EPOCH + s.at + 250 - 5_000 });
          s.play(250);
        }
        s.emit('pause', { by: 'user' });
        s.look({ paused: true });
        s.stand(1_000);
      },
      {
        summary: { liveLatencyMs: 5_000, liveLatencyMsMs: 5_000 * 5_000 + 200 * 250 },
        slices: [{ liveLatencyMax: 5_200, liveLatencyMin: 5_000 }],
      },
    );
  });

  it('takes no viewer who went back for a latency', () => {
    check(
      (s) => {
        start(s);
        s.set({ programTime: EPOCH - 400_000 });
        s.play(2_000);
      },
      { summary: { liveLatencyMs: 0, liveLatencyMsMs: 0 } },
    );
  });

  it('weighs scaling on the limiting axis by playing time', () => {
    check(
      (s) => {
        const size = { viewportWidth: 1_920, viewportHeight: 1_080 };
        s.set({ ...size, videoWidth: 1_280, videoHeight: 720 });
        start(s);
        s.play(2_000);
        s.set({ videoWidth: 3_840, videoHeight: 2_160 });
        s.look();
        s.play(1_000);
      },
      {
        summary: {
          scaleMs: 3_000,
          upscalePercentMs: 50 * 2_000,
          downscalePercentMs: 50 * 1_000,
          upscaleMax: 50,
        },
      },
    );
  });
});

describe('addRenditionTime', () => {
  it('counts playing time by rendition, and one too many under the last', () => {
    check(
      (s) => {
        s.emit('rendition', { bitrate: 1_000, width: 640, height: 360 });
        start(s);
        for (let i = 0; i < 14; i += 1) {
          s.play(400);
          s.emit('rendition', { bitrate: 2_000 + i });
        }
        s.stand(500);
      },
      {
        slices: [
          {
            renditions: [
              [1_000, 640, 360, 400],
              ...Array.from({ length: 10 }, (_, i) => [2_000 + i, 0, 0, 400]),
              [2_010, 0, 0, 1_200],
            ],
            switchesUp: 14,
          },
        ],
        summary: { playingMs: 5_600, stalledMs: 500, stalls: 1 },
      },
    );
  });
});

describe('foldRendition', () => {
  it('counts bits by what is declared, whole ones, video and audio, and media time', () => {
    check(
      (s) => {
        s.emit('rendition', { bitrate: 999_999, audioBitrate: 96_000 });
        start(s);
        s.set({ rate: 2 });
        for (let i = 0; i < 300; i += 1) s.play(1, 1);
      },
      { summary: { mediaMs: 600, ratedMediaMs: 600, bits: 657_599 } },
    );
  });

  it('counts no switch to an ad in the content’s own element, nor back from it', () => {
    check(
      (s) => {
        s.emit('rendition', { width: 1_920, height: 1_080 });
        start(s);
        s.play(5_000);
        s.emit('ad', { phase: 'breakStart', slot: 'mid' });
        s.emit('ad', { phase: 'start', id: 'a' });
        s.emit('rendition', { width: 640, height: 360 });
        s.stand(5_000);
        s.emit('ad', { phase: 'complete' });
        s.emit('ad', { phase: 'breakEnd' });
        s.play(500);
        s.emit('rendition', { width: 1_920, height: 1_080 });
        s.play(1_000);
        s.emit('rendition', { width: 1_280, height: 720 });
        s.play(1_000);
      },
      { summary: { switchesUp: 0, switchesDown: 1 } },
    );
  });

  it('counts switches after the start, by bitrate, else by height', () => {
    check(
      (s) => {
        s.emit('rendition', { bitrate: 3_000 });
        s.emit('rendition', { bitrate: 1_000 });
        start(s);
        s.play(1_000);
        s.emit('rendition', { bitrate: 1_000 });
        s.emit('rendition', { bitrate: 1_000, audioLanguage: 'fr' });
        s.emit('rendition', { bitrate: 2_000 });
        s.emit('rendition', { bitrate: 500 });
        s.emit('rendition', { height: 360 });
        s.emit('rendition', { height: 720 });
        s.play(1_000);
      },
      {
        summary: { switchesUp: 2, switchesDown: 1 },
        events: [
          { type: 'rendition', rendition: { bitrate: 3_000 } },
          { type: 'rendition', rendition: { bitrate: 1_000 } },
          { type: 'rendition', rendition: { bitrate: 1_000, audioLanguage: 'fr' } },
          { type: 'rendition', change: 'up' },
          { type: 'rendition', change: 'down' },
          { type: 'rendition', rendition: { height: 360 } },
          { type: 'rendition', change: 'up' },
        ],
      },
    );
  });
});
