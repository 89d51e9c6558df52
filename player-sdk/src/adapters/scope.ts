// All that an adapter holds on to in a host's player: listeners and timers, each inside an error
// boundary, all released at once. A closed scope calls nothing any more.

export interface Scope {
  /** Wraps a callback so that it never throws and is mute once the scope is closed. */
  guard<A extends unknown[]>(act: (...args: A) => void): (...args: A) => void;
  /**
   * Listens, capturing: the host's own listeners cannot stop it, and the error of a <source> reaches
   * its element in no other way.
   */
  on(target: EventTarget, types: string, act: (event: Event) => void): void;
  /** Something to release at the end. */
  own(release: () => void): void;
  /** Calls once after `ms`; the answer cancels. */
  after(ms: number, act: () => void): () => void;
  /**
   * Calls once everybody has heard of what happens now; at the close, where that comes first. Of a
   * browser's event all have heard a task later only: that is `ms` 0.
   */
  settle(act: () => void, ms?: number): void;
  close(): void;
}

export function createScope(failed: (error: unknown) => void): Scope {
  const releases: (() => void)[] = [];
  const unsettled: (() => void)[] = [];
  let open = true;
  const settleAll = () => {
    for (let act = unsettled.shift(); act; act = unsettled.shift()) act(); // Each may add one.
  };

  const scope: Scope = {
    guard:
      (act) =>
      (...args) => {
        if (!open) return;
        try {
          act(...args);
        } catch (error) {
          failed(error);
        }
      },
    on(target, types, act) {
      const listener = scope.guard(act);
      for (const type of types.split(' ')) {
        target.addEventListener(type, listener, true);
        scope.own(() => target.removeEventListener(type, listener, true));
      }
    },
    own(release) {
      releases.push(release);
    },
    after(ms, act) {
      const timer = setTimeout(scope.guard(act), ms); // Mute after close(), so it needs no owner.
      return () => clearTimeout(timer);
    },
    settle(act, ms) {
      unsettled.push(scope.guard(act));
      if (ms === undefined) Promise.resolve().then(settleAll);
      else setTimeout(settleAll, ms);
    },
    close() {
      settleAll();
      open = false;
      for (const release of releases.splice(0)) {
        try {
          release();
        } catch (error) {
          failed(error); // A destroyed player may refuse even to be left.
        }
      }
    },
  };
  return scope;
}
