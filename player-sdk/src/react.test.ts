// The hook with what untyped components give, on the smallest React that there is: each call of
// `render` is one render with its effects. Real components play in `test/built.slow.test.ts`.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DebugMessage, MonitorOptions } from './options.ts';
import { type RetourSource, useRetour } from './react.ts';

const refs: { current: unknown }[] = [];
let hook = 0;
vi.mock('react', () => ({
  useRef(initial: unknown) {
    refs[hook] ??= { current: initial };
    hook += 1;
    return refs[hook - 1];
  },
  useEffect: (act: () => void) => act(), // What throws here takes the whole tree down.
}));

const made = vi.hoisted(() => ({ destroy() {}, context: {} }));
const inert = vi.hoisted(() => ({ destroy() {}, context: undefined }));
const given = vi.hoisted((): MonitorOptions[] => []);
vi.mock('./monitor.ts', () => ({
  monitor(_: unknown, options: MonitorOptions) {
    given.push(options);
    return options.asset.id === '' || options.optedOut === true ? inert : made;
  },
}));

const OPTIONS = { key: 'k', endpoint: '/r', asset: { id: 'film' } };

const VIDEO = { current: {} as HTMLVideoElement };

interface FilmProps {
  readonly source: RetourSource | null | undefined;
  readonly options: MonitorOptions | null | undefined;
}

function Film({ source, options }: FilmProps) {
  hook = 0;
  return useRetour(source, options);
}

const render = (source: FilmProps['source'], options: FilmProps['options']) =>
  Film({ source, options });

beforeEach(() => {
  refs.splice(0);
  given.splice(0);
});

describe('useRetour', () => {
  it.each<[FilmProps['source'], FilmProps['options']]>([
    [undefined, OPTIONS],
    [null, OPTIONS],
    [VIDEO, undefined],
    [VIDEO, null],
    [undefined, undefined],
    [{ current: null }, undefined],
    [() => undefined, undefined],
  ])('makes no monitor, and throws nothing, with %o and %o', (source, options) => {
    expect(render(source, options).current).toBeNull();
    expect(render(source, options).current).toBeNull(); // And at the next render.
  });

  it('ends the monitor of options that are gone', () => {
    const destroy = vi.spyOn(made, 'destroy');
    const source = () => ({ player: { name: 'p', adapter: 'test' }, attach: () => () => {} });
    expect(render(source, OPTIONS).current).toBe(made);
    expect(render(source, OPTIONS).current).toBe(made);
    expect(render(source, undefined).current).toBeNull();
    expect(destroy).toHaveBeenCalledTimes(1);
    expect(render(source, OPTIONS).current).toBe(made);
  });

  it('begins once a film that is still fetched has an id', () => {
    const source = () => ({ player: { name: 'p', adapter: 'test' }, attach: () => () => {} });
    expect(render(source, { ...OPTIONS, asset: { id: '' } }).current).toBeNull();
    expect(render(source, OPTIONS).current).toBe(made);
  });

  it('asks once where the viewer objects', () => {
    const source = vi.fn(() => ({
      player: { name: 'p', adapter: 'test' },
      attach: () => () => {},
    }));
    for (let i = 0; i < 3; i += 1)
      expect(render(source, { ...OPTIONS, optedOut: true }).current).toBe(inert);
    expect(source).toHaveBeenCalledTimes(1);
  });

  it('asks the mapError of the last render', () => {
    const source = () => ({ player: { name: 'p', adapter: 'test' }, attach: () => () => {} });
    for (const code of ['first', 'last'])
      render(source, { ...OPTIONS, mapError: () => ({ code }) });
    const error = { fatal: true, category: 'unknown', code: 'x' } as const;
    expect(given.map(({ mapError }) => mapError?.(error))).toEqual([{ code: 'last' }]);
  });

  it('says what is missing in debug mode', () => {
    const told: DebugMessage[] = [];
    render(undefined, { ...OPTIONS, debug: (message: DebugMessage) => told.push(message) });
    const error = new Error("option_missing: useRetour() needs a video's ref, or a function");
    expect(told).toEqual([{ type: 'failed', error }]);
  });

  it('keeps from React what a function of the page throws', () => {
    const told: DebugMessage[] = [];
    const options = { ...OPTIONS, debug: (message: DebugMessage) => told.push(message) };
    const error = new Error('no player');
    const source = () => {
      throw error;
    };
    expect(render(source, options).current).toBeNull();
    expect(told).toEqual([{ type: 'failed', error }]);
  });
});
