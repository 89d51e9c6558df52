// `@retour/player-sdk/element`: `<retour-monitor>`, around a video or pointing to one by `for`. It draws
// nothing, and what is wrong with its attributes never reaches the page.
import type { Adapter } from './adapters/adapter.ts';
import { html5 } from './adapters/html5.ts';
import { monitor } from './monitor.ts';
import type { Monitor, MonitorOptions, ViewFacts } from './options.ts';

/** What the element adds to HTMLElement. */
export interface RetourMonitorElement extends HTMLElement {
  /** Set it where a player stands in front of the video: `element.adapter = hlsjs(hls)`. */
  adapter: Adapter | undefined;
  /** The monitor, while there is a video. */
  readonly monitor: Monitor | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'retour-monitor': RetourMonitorElement;
  }
}

/** What makes another monitor; and what tells the present one something. */
const IDENTITY = ['for', 'write-key', 'endpoint', 'sampling', 'opted-out'];
const FACTS = ['asset-id', 'asset-title', 'stream-type', 'series-id', 'variant', 'viewer-id'];

/** Makes the element known to the page; a second call changes nothing. */
export function defineRetourMonitor(name = 'retour-monitor'): void {
  if (typeof customElements !== 'object' || customElements.get(name)) return;
  const controls = new WeakMap<HTMLElement, Control>();
  const controlOf = (element: HTMLElement): Control => {
    const control = controls.get(element) ?? createControl(element);
    controls.set(element, control);
    return control;
  };
  class RetourMonitor extends HTMLElement implements RetourMonitorElement {
    static get observedAttributes(): string[] {
      return [...IDENTITY, ...FACTS, 'privacy', 'debug'];
    }
    get adapter(): Adapter | undefined {
      return controlOf(this).adapter;
    }
    set adapter(adapter: Adapter | undefined) {
      const control = controlOf(this);
      control.adapter = adapter;
      control.restart();
    }
    get monitor(): Monitor | undefined {
      return controlOf(this).monitor;
    }
    connectedCallback(): void {
      takeUp(this);
      this.style.display = 'contents';
      if (!this.monitor) controlOf(this).restart(); // Else it was only moved.
    }
    disconnectedCallback(): void {
      Promise.resolve().then(() => {
        if (!this.isConnected) controlOf(this).stop();
      });
    }
    attributeChangedCallback(attribute: string, before: string | null, now: string | null): void {
      // What stands in the markup is told before the element is connected.
      if (before !== now) controls.get(this)?.change(attribute);
    }
  }
  try {
    customElements.define(name, RetourMonitor);
  } catch (error) {
    console.warn('[retour] No element was defined:', error); // Its name is no element's, and the error says so.
  }
}

/** An adapter that was set before the element was defined hides the accessor. */
function takeUp(element: RetourMonitorElement): void {
  if (Object.keys(element).indexOf('adapter') < 0) return;
  const { adapter } = element;
  Reflect.deleteProperty(element, 'adapter');
  element.adapter = adapter;
}

interface Control {
  adapter: Adapter | undefined;
  monitor: Monitor | undefined;
  restart(): void;
  change(attribute: string): void;
  stop(): void;
}

function createControl(element: HTMLElement): Control {
  let watch: MutationObserver | undefined;
  let watched: HTMLMediaElement | undefined;
  /** Whether what has changed asks for another monitor; undefined where nothing has. */
  let changed: boolean | undefined;
  const control: Control = {
    adapter: undefined,
    monitor: undefined,
    restart() {
      changed = undefined;
      control.stop();
      if (!element.isConnected) return;
      const options = readOptions(element);
      watched = control.adapter ? undefined : findVideo(element, watched);
      const adapter = control.adapter ?? (watched && html5(watched));
      if (options && adapter) control.monitor = monitor(adapter, options);
      else if (element.hasAttribute('debug')) {
        const why = options ? 'no video yet' : 'it needs write-key, endpoint and asset-id';
        console.info('[retour] Nothing is measured:', why, element);
      }
      if (options && !control.adapter) watchForVideo();
    },
    change(attribute) {
      const view = control.monitor;
      const options = readOptions(element);
      if (view && options && options.optedOut) view.optOut(); // What waits goes with it.
      if (view && options && attribute === 'privacy') {
        view.consent(options.privacy ?? 'none');
        return;
      }
      // Set one by one, they mix the facts of two assets until the last is there.
      if (changed === undefined) Promise.resolve().then(settle);
      changed = changed || IDENTITY.indexOf(attribute) >= 0;
    },
    stop() {
      watch?.disconnect();
      watch = undefined;
      control.monitor?.destroy();
      control.monitor = undefined;
    },
  };

  function settle(): void {
    if (changed === undefined) return;
    const view = control.monitor;
    if (changed || !view || !readOptions(element)) control.restart();
    // An attribute that is gone is no fact any more.
    else view.update({ viewer: undefined, ...readFacts(element) });
    changed = undefined;
  }

  /** The parser reaches the video after this element; a script adds it later, or another in its place. */
  function watchForVideo(): void {
    watch = new MutationObserver(() => {
      const video = findVideo(element, watched);
      if (video && video !== watched) control.restart();
    });
    const within = element.hasAttribute('for') ? element.getRootNode() : element;
    watch.observe(within, { childList: true, subtree: true });
  }
  return control;
}

/** `watched` stays the one as long as it is there, though another (of an ad, of a preview) comes before it. */
function findVideo(
  element: HTMLElement,
  watched: HTMLMediaElement | undefined,
): HTMLMediaElement | undefined {
  const id = element.getAttribute('for');
  if (!id && watched && element.contains(watched)) return watched;
  // The document, or the shadow tree that it is in: as HTML's own `for`.
  const root = element.getRootNode() as ParentNode; // Any root has children.
  const found = id
    ? root.querySelector(`#${CSS.escape(id)}`)
    : element.querySelector('video,audio');
  return found instanceof HTMLMediaElement ? found : undefined;
}

/** Undefined while something is missing that a monitor cannot do without. */
function readOptions(element: HTMLElement): MonitorOptions | undefined {
  const read = (name: string) => element.getAttribute(name);
  const key = read('write-key'); // Templates of frameworks keep `key` for themselves.
  const endpoint = read('endpoint');
  const sampling = read('sampling');
  const privacy = (['none', 'exempt', 'consented'] as const).find(
    (mode) => mode === read('privacy'),
  );
  if (!key || endpoint === null || !read('asset-id')) return undefined;
  return {
    key,
    endpoint,
    ...readFacts(element),
    ...(privacy && { privacy }),
    ...(sampling && { sampling: Number(sampling) }),
    ...(element.hasAttribute('opted-out') && { optedOut: true }),
    get debug() {
      return element.hasAttribute('debug'); // Asked at each message.
    },
  };
}

function readFacts(element: HTMLElement): ViewFacts {
  const read = (name: string) => element.getAttribute(name);
  const title = read('asset-title');
  const series = read('series-id');
  const variant = read('variant');
  const viewer = read('viewer-id');
  const streamType = (['vod', 'live'] as const).find((type) => type === read('stream-type'));
  return {
    asset: {
      id: read('asset-id') ?? '',
      ...(title && { title }),
      ...(series && { series: { id: series } }),
      ...(variant && { variant }),
      ...(streamType && { streamType }),
    },
    ...(viewer && { viewer: { id: viewer } }),
  };
}
