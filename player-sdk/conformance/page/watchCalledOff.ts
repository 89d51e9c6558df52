// Notes which requests a script of the page calls off: whether an answer was still wanted, the origin cannot
// see. It listens to the browser only, so that it knows nothing that a player or the SDK says.

/** Epoch ms, and the path of the request. */
export type CalledOff = readonly [at: number, path: string];

export function watchCalledOff(): readonly CalledOff[] {
  const calledOff: CalledOff[] = [];
  const tell = (url: string) => {
    const { pathname } = new URL(url, location.href);
    calledOff.push([performance.timeOrigin + performance.now(), pathname]);
  };
  watchXhr(tell);
  watchFetch(tell);
  return calledOff;
}

function watchXhr(tell: (url: string) => void): void {
  const urls = new WeakMap<XMLHttpRequest, string>();
  const { prototype } = XMLHttpRequest;
  const { open, abort } = prototype;
  prototype.open = function (this: XMLHttpRequest, ...args: unknown[]) {
    urls.set(this, String(args[1]));
    Reflect.apply(open, this, args);
  };
  prototype.abort = function () {
    const isUnderWay =
      this.readyState > XMLHttpRequest.UNSENT && this.readyState < XMLHttpRequest.DONE;
    if (isUnderWay) tell(urls.get(this) ?? '');
    abort.call(this);
  };
}

/** A signal may abort after the answer, too: by the time of that it is told apart. */
function watchFetch(tell: (url: string) => void): void {
  const { fetch } = window;
  window.fetch = (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const signal = init?.signal ?? request?.signal;
    signal?.addEventListener('abort', () => tell(request?.url ?? String(input)), { once: true });
    return fetch(input, init);
  };
}
