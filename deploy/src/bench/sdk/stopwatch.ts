// Runs inside the page, before the SDK: times every stretch of the main thread that belongs to the SDK,
// from the outside. Whatever the SDK registers while it runs (listeners, timers, promises, observers,
// frame callbacks) is its own too. It changes nothing of what they do.

/** One uninterrupted run of the SDK's code, from its entry to its return. */
export interface Stretch {
  readonly at: number;
  readonly ms: number;
  /** How long each signal took that the adapter emitted meanwhile, ms. */
  readonly signals: readonly number[];
  /** A body began to be made, or was given to the browser to be sent. */
  readonly made: boolean;
  readonly sent: boolean;
  /** Of `ms`, within the browser's own fetch or sendBeacon. */
  readonly handOverMs: number;
}

type Act = (this: unknown, ...args: never[]) => unknown;

/** What an emitter was given: it is taken back by its identity. */
const listeners = new WeakMap<object, Act>();
let inside = false;
let signals: number[] = [];
let made = false;
let sent = false;
let handOverMs = 0;

export const stretches: Stretch[] = [];

/** What the last body was made of. */
export const body: { value?: unknown } = {};

/** Runs a piece of the SDK under the watch. */
export function watch<T>(act: () => T): T {
  if (inside) return act();
  inside = true;
  signals = [];
  made = false;
  sent = false;
  handOverMs = 0;
  const at = performance.now();
  try {
    return act();
  } finally {
    const ms = performance.now() - at;
    inside = false;
    stretches.push({ at, ms, signals, made, sent, handOverMs });
  }
}

/** From the adapter's call to its return: folded, and where it is urgent, sent. */
export function watchSignal(emit: () => void): void {
  const at = performance.now();
  emit();
  signals.push(performance.now() - at);
}

/** @param collector Its address: what is posted there is a body. */
export function installStopwatch(collector: string): void {
  for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'queueMicrotask']) {
    replace(window, name);
  }
  replace(EventTarget.prototype, 'addEventListener', toListener);
  replace(EventTarget.prototype, 'removeEventListener', toListener);
  replace(HTMLVideoElement.prototype, 'requestVideoFrameCallback');
  replace(Promise.prototype, 'then');
  for (const name of ['PerformanceObserver', 'ResizeObserver', 'MutationObserver']) observe(name);
  note(window, 'fetch', (url) => {
    if (String(url).startsWith(collector)) sent = true; // The settings are asked for before the warm-up ends.
  });
  note(navigator, 'sendBeacon', () => {
    sent = true;
  });
  note(JSON, 'stringify', (value) => {
    if (!isBody(value)) return; // Renditions and contexts are compared as texts.
    made = true;
    body.value = value;
  });
}

/** As the contract writes it (`encodeBeacon`). */
function isBody(value: unknown): boolean {
  return value instanceof Object && 'view' in value && 'ctx' in value;
}

/** Of an emitter that is no EventTarget: `on` and `off`, on this object alone. */
export function watchEmitter(emitter: object): void {
  for (const name of ['on', 'once', 'off']) replace(emitter, name, toListener);
}

/** Makes a method wrap the callbacks that it is given while the SDK runs. */
function replace(owner: object, name: string, toOurs = wrap): void {
  const original: Act = Reflect.get(owner, name);
  Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
    return Reflect.apply(original, this, args.map(toOurs));
  });
}

function observe(name: string): void {
  const Original: new (callback: unknown) => object = Reflect.get(window, name);
  Reflect.set(
    window,
    name,
    class extends Original {
      constructor(callback: unknown) {
        super(wrap(callback));
      }
    },
  );
}

function toListener(value: unknown): unknown {
  if (typeof value !== 'function') return value;
  const known = listeners.get(value) ?? wrap(value);
  if (known !== value) listeners.set(value, known as Act); // A function in, a function out.
  return known;
}

/** Remembers nothing: the map costs a tenth of a millisecond now and then, which is not the SDK's. */
function wrap(value: unknown): unknown {
  if (typeof value !== 'function' || !inside) return value;
  return function (this: unknown, ...args: unknown[]) {
    return watch(() => Reflect.apply(value, this, args));
  };
}

/** Sees the SDK's calls of a function of the browser, and how long those take that send. */
function note(owner: object, name: string, seen: (...args: unknown[]) => void): void {
  const original: Act = Reflect.get(owner, name);
  Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
    if (!inside) return Reflect.apply(original, this, args);
    seen(...args);
    const at = performance.now();
    const answer: unknown = Reflect.apply(original, this, args);
    if (name !== 'stringify') handOverMs += performance.now() - at;
    return answer;
  });
}
