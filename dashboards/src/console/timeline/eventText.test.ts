import { describe, expect, it } from 'vitest';
import { toEventText } from './eventText.ts';
import { madeEvent } from './madeRows.ts';

const said = (type: string, facts: Record<string, unknown>): string => {
  const { title, detail } = toEventText(madeEvent(0, type, facts));
  return `${title} | ${detail}`.replaceAll('\u202f', ' ');
};

describe('toEventText', () => {
  it.each([
    ['requested', { by: 'autoplay' }, 'Playback requested | by autoplay'],
    ['firstFrame', { of: 'content', startupMs: 840 }, 'First frame | startup 840 ms'],
    ['stall', {}, 'Stall | still going on'],
    [
      'stall',
      { durationMs: 2_600, hints: { bufferMs: 0, decoder: true } },
      'Stall | 2.60 s · decoder stuck, buffer full · buffer 0 ms',
    ],
    [
      'seek',
      { by: 'user', from: 112_000, to: 30_000, latencyMs: 1_900 },
      'Seek | 1:52.000 → 0:30.000 · moving after 1.90 s · by user',
    ],
    [
      'error',
      { fatal: true, category: 'network', code: 'manifestLoadError', business: true },
      'Fatal error | manifestLoadError · network · business',
    ],
    ['pause', { by: 'unknown' }, 'Pause | still going on'],
    ['exit', { kind: 'hidden', provisional: true }, 'Exit | hidden · provisional'],
    ['visibility', { hidden: true }, 'Page hidden | '],
    ['presentation', { mode: 'pip' }, 'Picture in picture | '],
    ['presentation', { mode: 'hologram' }, 'Shown as hologram | '],
    ['captions', { language: 'fr' }, 'Captions on | fr'],
    ['captions', {}, 'Captions off | '],
    ['toString', { a: 1 }, 'toString | {"a":1}'],
  ])('%s %j', (type, facts, text) => expect(said(type, facts)).toBe(text));

  it('makes stalls and fatal errors look bad', () => {
    expect(toEventText(madeEvent(0, 'stall')).tone).toBe('bad');
    expect(toEventText(madeEvent(0, 'error', { fatal: true })).tone).toBe('bad');
    expect(toEventText(madeEvent(0, 'error', { fatal: false })).tone).toBe('warn');
  });
});
