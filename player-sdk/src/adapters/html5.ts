// The adapter of a plain media element: progressive files and the browser's own HLS.
import type { Adapter, Port } from './adapter.ts';
import { toVideo } from './readSample.ts';
import { createScope } from './scope.ts';
import { watchElement } from './watchElement.ts';
import { watchResources } from './watchResources.ts';

/** A media element that the browser itself feeds: `monitor(html5(video), …)`. */
export function html5(media: HTMLMediaElement): Adapter {
  return {
    player: { name: 'html5', adapter: 'html5' },
    attach(port) {
      const scope = createScope(port.failed);
      scope.guard(() => attach(media, port, scope))();
      return scope.close;
    },
  };
}

function attach(media: HTMLMediaElement, port: Port, scope: ReturnType<typeof createScope>): void {
  const createdAt = port.now();
  let source = sourceOf(media);
  let ready = media.readyState > 0;
  let size = '';
  const watch = watchElement(media, {
    port,
    scope,
    hooks: {
      looked() {
        const now = sourceOf(media);
        if (now === source || now === '') return;
        const first = source === '';
        source = now;
        if (first) return;
        size = '';
        watch.reset();
        port.emit('source', {});
      },
      programTime: () => startDateOf(media) + media.currentTime * 1000,
    },
  });
  scope.on(media, 'loadedmetadata', () => {
    if (!ready) port.emit('ready', { sinceCreatedMs: Math.round(port.now() - createdAt) });
    ready = true;
  });
  scope.on(media, 'loadedmetadata resize', () => {
    if (!('videoWidth' in media)) return;
    const { videoWidth: width, videoHeight: height } = toVideo(media);
    if (width === 0 || size === `${width}x${height}`) return;
    size = `${width}x${height}`;
    port.emit('rendition', { width, height });
  });
  watchResources(media, { port, scope });
}

/** What is attached: a URL, or the object that stands for it. */
function sourceOf(media: HTMLMediaElement): unknown {
  return media.srcObject ?? media.currentSrc;
}

/** Wall clock of position 0 (EXT-X-PROGRAM-DATE-TIME), where the browser tells it; else NaN. */
function startDateOf(media: HTMLMediaElement & { getStartDate?: () => Date }): number {
  return media.getStartDate?.().getTime() ?? Number.NaN;
}
