// `@retour/player-sdk/react`: one hook, for React 18 and 19. It follows the component's life: a player
// that appears is monitored, options that change are told, and the end of the component is the end.
import { type RefObject, useEffect, useRef } from 'react';
import type { Adapter } from './adapters/adapter.ts';
import { html5 } from './adapters/html5.ts';
import { createErrorBoundary } from './errorBoundary.ts';
import { monitor } from './monitor.ts';
import type { Monitor, MonitorOptions, ViewFacts } from './options.ts';

/** A `<video>`'s ref; or what makes an adapter, for as long as there is no player: nothing. */
export type RetourSource =
  | { readonly current: HTMLMediaElement | null }
  | (() => Adapter | null | undefined);

/**
 * Monitors the player of a component: `useRetour(videoRef, { key, endpoint, asset })`. Give `deps` with
 * a function: when one of them changes, there is another player. Options may be made anew at each
 * render; what differs is told. The answer holds the monitor, once there is one.
 */
export function useRetour(
  source: RetourSource | null | undefined,
  options: MonitorOptions | null | undefined,
  deps: readonly unknown[] = [],
): RefObject<Monitor | null> {
  const current = useRef<Monitor | null>(null);
  const known = useRef<Known | null>(null);

  const { guard } = createErrorBoundary(options ?? {});
  // After every render: a ref says nothing when its element changes. What an effect throws would take
  // the page's whole tree down.
  useEffect(
    guard(() => {
      const element = typeof source === 'function' ? undefined : source?.current;
      const player = [element, options?.key, options?.endpoint, ...deps];
      const before = known.current;
      known.current = { player, options };
      if (current.current && options && before?.options && isSame(player, before.player)) {
        tellChanges(current.current, before.options, options);
      } else {
        current.current?.destroy();
        current.current = null;
        if (!source)
          throw new Error("option_missing: useRetour() needs a video's ref, or a function");
        const adapter = typeof source === 'function' ? source() : element && html5(element);
        if (adapter && options) {
          const mapError: MonitorOptions['mapError'] = (error) =>
            known.current?.options?.mapError?.(error);
          const made = monitor(adapter, { ...options, mapError });
          // Without a view the options said too little yet: tried again at the next render.
          if (made.context || options.optedOut) current.current = made;
        }
      }
    }),
  );

  useEffect(
    () => () => {
      current.current?.destroy();
      current.current = null;
    },
    [],
  );
  return current;
}

interface Known {
  readonly player: readonly unknown[];
  readonly options: MonitorOptions | null | undefined;
}

const FACTS = [
  'asset',
  'viewer',
  'experiments',
  'custom',
  'recommendation',
  'token',
  'drm',
  'player',
] as const;

function tellChanges(view: Monitor, before: MonitorOptions, now: MonitorOptions): void {
  let changed: Partial<ViewFacts> = {};
  for (const name of FACTS) {
    if (!isEqual(before[name], now[name])) changed = { ...changed, [name]: now[name] };
  }
  if (Object.keys(changed).length > 0) view.update(changed);
  if (now.privacy !== before.privacy) view.consent(now.privacy ?? 'none');
  if (now.optedOut && !before.optedOut) view.optOut();
}

/** What JSON cannot hold (a cycle, a BigInt) is another value where it is another object. */
function isEqual(a: unknown, b: unknown): boolean {
  try {
    return JSON.stringify(a) === JSON.stringify(b);
  } catch {
    return a === b;
  }
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
