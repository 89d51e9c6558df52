import { describe, expect, it, vi } from 'vitest';
import type { Monitor, MonitorOptions } from './options.ts';
import { registerRetour, type Videojs } from './videojsPlugin.ts';

const made = vi.hoisted(() => ({
  monitors: [] as { live: boolean; destroyed: number; destroy(): void }[],
}));
vi.mock('./monitor.ts', () => ({
  monitor(_: unknown, options: MonitorOptions | undefined) {
    if (!options?.key) return { view: '', context: undefined, destroy() {} };
    const each = {
      live: true,
      destroyed: 0,
      view: 'v',
      calls: [] as unknown[],
      get context() {
        return each.live ? {} : undefined;
      },
      destroy() {
        each.live = false;
        each.destroyed += 1;
      },
      update(facts: unknown) {
        each.calls.push(facts);
      },
      consent(m: unknown) {
        each.calls.push(m);
      },
      optOut() {
        each.live = false;
        each.view = '';
      },
    };
    made.monitors.push(each);
    return each;
  },
}));

function setUp() {
  made.monitors.length = 0;
  let plugin: ((this: object, options?: unknown) => Monitor) | undefined;
  registerRetour({
    registerPlugin(_: string, given: unknown) {
      plugin = given as never;
    },
  } as Videojs);
  const disposes: (() => void)[] = [];
  const player = { one: (_: string, act: () => void) => disposes.push(act) };
  return { disposes, retour: (options?: object) => plugin?.call(player, options) as Monitor };
}
const options = { key: 'k', endpoint: 'e', asset: { id: 'a' } };

describe('registerRetour', () => {
  it.each([undefined, null, {}])('throws nothing at who has no video.js: %s', (none) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(() => registerRetour(none as never)).not.toThrow();
    expect(warn).toHaveBeenCalledTimes(1);
  });
  it('hears once for each player of its end, and ends the monitor that is there then', () => {
    const { disposes, retour } = setUp();
    retour(); // Says what is missing.
    expect(disposes).toHaveLength(0);
    for (let i = 0; i < 5; i += 1) {
      expect(retour(options)).toBe(retour());
      retour(options).destroy();
    }
    const last = retour(options);
    expect(disposes).toHaveLength(1);
    for (const act of disposes) act();
    expect(made.monitors.map(({ destroyed }) => destroyed)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(last.context).toBeUndefined();
  });
  it('stays with who opted out', () => {
    const { disposes, retour } = setUp();
    const one = retour({ ...options, optedOut: true });
    one.optOut();
    expect(retour(options)).toBe(one);
    expect(disposes).toHaveLength(1);
  });
});
