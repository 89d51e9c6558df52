// What all adapters share: one call with what only its player knows, and it follows the element, the
// source, the rendition, the requests and the errors in the same way for every player.
import type { Player } from '../contract/context.ts';
import type { Rendition } from '../contract/event.ts';
import type { Adapter, Port } from './adapter.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import { ELEMENT_ERRORS, type ErrorTable, type Fault, toErrorFacts } from './errors.ts';
import { createPresenter } from './presentation.ts';
import { createScope, type Scope } from './scope.ts';
import { type Hooks, watchElement } from './watchElement.ts';

/** A player's own events: hls.js, dash.js and video.js have `on` and `off`. */
export type Emitter = object;

export type Hear<E> = <T extends keyof E & string>(type: T, act: (data: E[T]) => void) => void;

/** What an adapter tells, and what it listens through. */
export interface Reach extends Scope, Delivery {
  readonly port: Port;
  /** Hears a player's events until the end; `E` says by type what each brings. */
  hear<E extends object>(player: Emitter): Hear<E>;
  /** The element that plays now; null where there is none (yet). The same one again changes nothing. */
  follow(media: HTMLMediaElement | null | undefined): void;
  /**
   * What is loaded, by whatever names it; empty is nothing. Another one than before ends the view, unless
   * it was offered along with that: a player takes the next of several where the first fails.
   */
  source(name: unknown, offered?: () => readonly unknown[]): void;
  /** The player begins to load what may play by itself; of a first source its element hears later. */
  autoplay(): void;
  /** What is displayed, as declared. Unknown values may be left undefined, 0 or ''. */
  rendition(facts: { readonly [K in keyof Rendition]: Rendition[K] | null | undefined }): void;
  /** `code`: what is told, where the table goes by more than that. */
  fail(fault: Fault, code?: string): void;
  /** The key system in use, as the browser names it; empty is nothing. */
  drm(system: string | false | undefined): void;
  /** What was loaded is taken away, and nothing follows yet: the view ends. */
  emptied(): void;
  /** The player is gone: says so, and lets go of it. */
  left(): void;
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
      try {
        wire({ port, scope, errors, start });
      } catch (error) {
        port.failed(new Error(`adapter_failed: is it a player of ${player.name}? ${error}`));
      }
      return scope.close;
    },
  };
}

type Wiring = Omit<Making, 'player'> & { readonly port: Port; readonly scope: Scope };

function wire({ port, scope, errors, start }: Wiring): void {
  const requests = createDelivery(port, () => (media ? media.baseURI : undefined), scope);
  const createdAt = port.now();
  const present = createPresenter(port);
  let hooks: Hooks | undefined;
  let media: HTMLMediaElement | null | undefined;
  let leave = () => {};
  let reset = () => {};
  let ready: boolean | undefined;
  let isLeft = false;
  /** What is loaded, or may be in its place; and the content, which an ad in the same element only interrupts. */
  let loaded: readonly unknown[] = [];
  let content = loaded;
  let shown = '';
  let protection = '';

  const watchMedia = () => {
    leave();
    if (!media || !hooks) return;
    const elementScope = createScope(port.failed);
    leave = elementScope.close;
    elementScope.own(port.claim(media));
    if (ready === undefined) ready = media.readyState > 0; // Too late to know how long it took.
    elementScope.on(media, 'loadedmetadata', () => {
      if (!ready) port.emit('ready', { sinceCreatedMs: port.now() - createdAt });
      ready = true;
    });
    const { waitingMs } = requests;
    const fail = (fault: Fault) => tellError(ELEMENT_ERRORS, fault);
    reset = watchElement(media, { port, scope: elementScope, hooks, present, waitingMs, fail });
  };
  const tellError = (table: ErrorTable, fault: Fault, code = fault.code) => {
    const isAd = loaded !== content && port.inAdBreak(); // In the place of the content.
    const own = isAd ? ({ code, fatal: false, category: 'ad' } as const) : { code };
    port.emit('error', Object.assign(toErrorFacts(table, fault), own));
  };
  scope.own(() => leave());

  const reach: Reach = Object.assign({}, scope, requests, {
    port,
    hear<E extends object>(player: Emitter): Hear<E> {
      const emitter = player as Record<'on' | 'off', Listen>; // As all that are given here have.
      return (type, act) => {
        // hls.js gives a name and data, the others an event.
        const listener = scope.guard((event, data) => act((data || event) as never)); // As declared.
        emitter.on(type, listener);
        scope.own(() => emitter.off(type, listener));
      };
    },
    follow(next: HTMLMediaElement | null | undefined) {
      if (next === media) return;
      media = next;
      watchMedia();
    },
    source(name: unknown, offered?: () => readonly unknown[]) {
      if (!name || loaded.indexOf(name) >= 0) return;
      if (loaded.length) {
        shown = '';
        reset();
        requests.forget();
      }
      const isBack = content.indexOf(name) >= 0;
      loaded = isBack ? content : [name].concat(offered ? offered() : []);
      if (isBack || port.inAdBreak()) return;
      if (content.length) port.emit('source', {});
      if (protection) port.drm(''); // That of the content before.
      protection = '';
      content = loaded;
    },
    autoplay() {
      if (media && media.autoplay && !loaded.length) port.emit('request', { by: 'autoplay' });
    },
    rendition(facts: object) {
      const known = JSON.stringify(facts, (_, value) =>
        value && value !== 'SDR' ? value : undefined,
      );
      if (known !== '{}' && known !== shown) port.emit('rendition', JSON.parse(known));
      shown = known;
    },
    drm(system: string | false | undefined) {
      if (system && system !== protection) port.drm(system);
      protection = system || protection;
    },
    emptied: () => port.emit('detach', { reason: 'left' }),
    left() {
      if (isLeft) return;
      isLeft = true;
      leave(); // While the element is as it was played.
      // For what befell the player the page may have let go of it, before the others hear of that: after them.
      scope.settle(() =>
        scope.settle(() => {
          scope.close();
          reach.emptied();
        }),
      );
    },
    fail: (fault: Fault, code?: string) => tellError(errors, fault, code),
  });
  hooks = start(reach);
  watchMedia();
}

type Listen = (type: string, listener: (event: unknown, data: unknown) => void) => void;
