// What the tests of the wrappers load into a page: React with the hook in strict mode, and video.js with
// the plugin.
import { useRetour } from '@retour/player-sdk/react';
import { registerRetour } from '@retour/player-sdk/videojs-plugin';
import { createElement, StrictMode, useRef } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import videojs from 'video.js';
import type { MonitorOptions } from '../src/options.ts';

/** Shows a player for as long as there are options; the answer shows it with others, at once. */
export function mountReact(parent: Element): (options: MonitorOptions | undefined) => void {
  function Player({ options }: { readonly options: MonitorOptions }) {
    const video = useRef<HTMLVideoElement>(null);
    useRetour(video, options);
    return createElement('video', { ref: video, muted: true, src: '/vod/plain.mp4' });
  }
  const root = createRoot(parent);
  return (options) =>
    flushSync(() =>
      root.render(
        createElement(StrictMode, null, options ? createElement(Player, { options }) : null),
      ),
    );
}

export { registerRetour, videojs };
