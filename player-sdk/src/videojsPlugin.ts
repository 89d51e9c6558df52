// `@retour/player-sdk/videojs-plugin`: `player.retour({ key, endpoint, asset })` for video.js 8. The
// monitor lives as long as its player.
import { videojs as adapt, type VideojsPlayer } from './adapters/videojs.ts';
import { monitor } from './monitor.ts';
import type { Monitor, MonitorOptions } from './options.ts';

/** What is asked of video.js itself. */
export interface Videojs {
  registerPlugin(name: string, plugin: (this: never, ...args: never[]) => unknown): unknown;
}

/** A player on which the plugin is called. */
export interface PluginPlayer extends VideojsPlayer {
  one(event: 'dispose', act: () => void): void;
}

/** What the plugin adds to a player, for TypeScript: `(player as typeof player & RetourPlayer)`. */
export interface RetourPlayer {
  /** The first call needs `key`, `endpoint` and `asset`; a later one says what is new, or asks for the monitor. */
  retour(options?: MonitorOptions | Partial<MonitorOptions>): Monitor;
}

/**
 * Makes `player.retour(options)` known to video.js. Called again on the same player, it gives the present
 * monitor, and tells it what is new; one that was destroyed makes room for another.
 */
export function registerRetour(videojs: Videojs, name = 'retour'): void {
  const monitors = new WeakMap<object, Monitor>();
  function plugin(this: PluginPlayer, options?: Partial<MonitorOptions>): Monitor {
    const present = monitors.get(this);
    // Whoever opted out is given no id, and stays where they are.
    if (present && (present.context || !present.view)) {
      if (options?.optedOut) present.optOut();
      if (options?.privacy) present.consent(options.privacy);
      if (options) present.update(options);
      return present;
    }
    const made = monitor(adapt(this), options as MonitorOptions); // Without any, it says what is missing.
    if (!made.context && !options?.optedOut) return made; // It holds on to nothing.
    if (!present) this.one('dispose', () => monitors.get(this)?.destroy());
    monitors.set(this, made);
    return made;
  }
  try {
    videojs.registerPlugin(name, plugin);
  } catch (error) {
    console.warn('[retour] registerRetour(videojs) failed:', error); // No video.js, or no free name.
  }
}
