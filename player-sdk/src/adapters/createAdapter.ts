// What all adapters share: one call with what only its player knows, and it follows the element, the
// source, the rendition, the requests and the errors in the same way for every player.
import type { Player } from '../contract/context.ts';
import type { Rendition } from '../contract/event.ts';
import type { Adapter, Port } from './adapter.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import { type ErrorTable, type Fault, toErrorFacts } from './errors.ts';
import { createScope, type Scope } from './scope.ts';
import { type Hooks, type Watch, watchElement } from './watchElement.ts';

/** A player's own events. hls.js, dash.js and video.js have `on`; Shaka is an EventTarget. */
export interface Emitter {
  on?: unknown;
  off?: unknown;
  addEventListener?: unknown;
  removeEventListener?: unknown;
}

export type Hear<E> = <T extends keyof E & string>(type: T, act: (data: E[T]) => void) => void;

/** What an adapter tells, and what it listens through. */
export interface Reach extends Scope, Delivery {
  readonly port: Port;
  /** Hears a player's events until the end; `E` says by type what each brings. */
  hear<E extends object>(player: Emitter): Hear<E>;
  /** The element that plays now; null where there is none (yet). The same one again changes nothing. */
  follow(media: HTMLMediaElement | null | undefined): void;
  /** What is loaded, by whatever names it; empty is nothing. Another one than before ends the view. */
  source(name: unknown): void;
  /** What is displayed, as declared. Unknown values may be left undefined, 0 or ''. */
  rendition(facts: { readonly [K in keyof Rendition]: Rendition[K] | null | undefined }): void;
  fail(fault: Fault): void;
}

/** What makes an adapter. */
export interface Making {
  readonly player: Player;
  readonly errors: ErrorTable;
  /** Wires one player; gives what can be asked of it later. Called anew at each attach. */
  start(reach: Reach): Hooks;
}

export function createAdapter({ player, errors, start }: Making): Adapter {
  return {
    player,
    attach(port) {
      const scope = createScope(port.failed);
      scope.guard(() => wire({ port, scope, errors, start }))();
      return scope.close;
    },
  };
}

type Wiring = Omit<Making, 'player'> & { readonly port: Port; readonly scope: Scope };

function wire({ port, scope, errors, start }: Wiring): void {
  const delivery = createDelivery(port);
  const createdAt = port.now();
  let hooks: Hooks | undefined;
  let media: HTMLMediaElement | null | undefined;
  let elementScope: Scope | undefined;
  let watch: Watch | undefined;
  let ready: boolean | undefined;
  let loaded: unknown;
  let shown = '';

  const watchMedia = () => {
    elementScope?.close();
    elementScope = watch = undefined;
    if (!media || !hooks) return;
    const known = media.readyState > 0;
    elementScope = createScope(port.failed);
    if (ready === undefined) ready = known; // Attached too late to know how long it took.
    elementScope.on(media, 'loadedmetadata', () => {
      if (!ready) port.emit('ready', { sinceCreatedMs: Math.round(port.now() - createdAt) });
      ready = true;
    });
    watch = watchElement(media, {
      port,
      scope: elementScope,
      hooks,
      waitingMs: delivery.waitingMs,
    });
  };
  scope.own(() => elementScope?.close());

  const reach: Reach = {
    ...scope,
    ...delivery,
    port,
    hear: (emitter) => (type, act) => {
      // hls.js gives a name and data, the others an event.
      const listener = scope.guard(
        (event: unknown, data: unknown) => act((data ?? event) as never), // As the caller declares its player's events.
      );
      call(emitter, emitter.on ?? emitter.addEventListener, [type, listener]);
      scope.own(() => call(emitter, emitter.off ?? emitter.removeEventListener, [type, listener]));
    },
    follow(next) {
      if (next === media) return;
      media = next;
      watchMedia();
    },
    source(name) {
      if (!name || name === loaded) return;
      const first = !loaded;
      loaded = name;
      if (first) return;
      shown = '';
      watch?.reset();
      port.emit('source', {});
    },
    rendition(facts) {
      const known: Record<string, unknown> = {};
      for (const [key, value] of Object.entries(facts)) {
        if (value && value !== 'SDR') known[key] = value;
      }
      const text = JSON.stringify(known);
      if (text === shown || text === '{}') return;
      shown = text;
      port.emit('rendition', known);
    },
    fail: (fault) => port.emit('error', toErrorFacts(errors, fault)),
  };
  hooks = start(reach);
  watchMedia();
}

function call(emitter: Emitter, method: unknown, args: readonly unknown[]): void {
  (method as (...args: readonly unknown[]) => void).apply(emitter, args as never); // By its interface.
}
