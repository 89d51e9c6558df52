import { describe, expect, it, vi } from 'vitest';
import { start } from '../test/monitorInHand.ts';
import { ScriptedMedia } from '../test/scriptedMedia.ts';
import { claim } from './claim.ts';
import type { MonitorOptions } from './options.ts';

/** A monitor that plays the element. */
function monitorOf(media: HTMLMediaElement, options: Partial<MonitorOptions> = {}) {
  const s = start(options, { attach: (port) => port.claim(media) });
  s.begin();
  s.play(2_000);
  return s;
}

const failures = ({ told }: ReturnType<typeof start>) =>
  told.flatMap((one) => (one.type === 'failed' ? String(one.error) : []));

describe('an element that is monitored twice', () => {
  it('is counted once: the monitor that was forgotten ends', () => {
    const media = new ScriptedMedia().asElement();
    const first = monitorOf(media);
    expect(first.types()).not.toContain('exit');
    const second = monitorOf(media);
    expect(first.types().at(-1)).toBe('exit');
    const { length } = first.sent;
    first.play(20_000);
    expect(first.sent.length).toBe(length);
    expect([first.detached(), first.isWatchingPage(), first.timers.size()]).toEqual([1, false, 0]);
    expect(failures(first)).toEqual([expect.stringContaining('monitored_twice')]);
    expect(second.types()).toEqual(['requested', 'firstFrame']);
    expect(failures(second)).toEqual([]);
  });

  it('is measured for each of two properties', () => {
    const media = new ScriptedMedia().asElement();
    const all = [{}, { key: 'other' }, { endpoint: '/other/' }].map((one) => monitorOf(media, one));
    expect(all.flatMap(failures)).toEqual([]);
    expect(all.map((each) => each.types().includes('exit'))).toEqual([false, false, false]);
  });

  it('has only its last monitor, and none that gave it up', () => {
    const media = new ScriptedMedia().asElement();
    const ended: string[] = [];
    const make = (name: string) => claim(media, 'a', () => ended.push(name));
    const [first, second] = [make('first'), make('second')];
    first(); // As it ends, which is no end of the second.
    second();
    make('third');
    make('fourth');
    expect(ended).toEqual(['first', 'third']);
  });

  it('has one monitor where the page has loaded the SDK twice', async () => {
    const media = new ScriptedMedia().asElement();
    const ended: string[] = [];
    claim(media, 'a', () => ended.push('of the first copy'));
    vi.resetModules();
    const copy = await import('./claim.ts');
    expect(copy.claim).not.toBe(claim);
    copy.claim(media, 'a', () => ended.push('of the second copy'));
    expect(ended).toEqual(['of the first copy']);
  });
});
