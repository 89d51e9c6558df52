// What a test loads into a real page: the monitor, the offline store, and a player that plays when
// it is told to.
import { monitor } from '../src/monitor.ts';
import { offline } from '../src/offline.ts';
import type { Monitor, MonitorOptions } from '../src/options.ts';
import { createScriptedPlayer } from './scriptedPlayer.ts';

/** A monitored player. */
export function start(options: Omit<MonitorOptions, 'key' | 'asset'>): {
  readonly monitor: Monitor;
  /** Resolves when it has played for a second. */
  readonly play: () => Promise<void>;
} {
  const { adapter, emit, sample } = createScriptedPlayer();
  const monitored = monitor(adapter, {
    key: 'k',
    asset: { id: 'film' },
    offline: offline(),
    ...options,
  });
  return {
    monitor: monitored,
    play() {
      emit('request', { by: 'play' });
      sample(0);
      const began = performance.now();
      const timer = setInterval(() => sample(performance.now() - began), 100);
      return new Promise((resolve) => {
        setTimeout(() => {
          clearInterval(timer);
          resolve();
        }, 1_000);
      });
    },
  };
}

/** The bodies that lie in the store of an address. */
export function readStore(address: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(`retour ${address}`, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
    opening.onerror = reject;
    opening.onsuccess = () => {
      const database = opening.result;
      const reading = database.transaction('rows').objectStore('rows').getAll();
      reading.onsuccess = () => {
        database.close();
        resolve(reading.result.map(([body]: [string]) => body));
      };
    };
  });
}

/** Ends all leases, as time would. */
export function endLeases(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(`retour ${address}`, 1);
    opening.onerror = reject;
    opening.onsuccess = () => {
      const database = opening.result;
      const writing = database.transaction('rows', 'readwrite');
      const walking = writing.objectStore('rows').openCursor();
      walking.onsuccess = () => {
        walking.result?.update([...walking.result.value.slice(0, 2), 0]);
        walking.result?.continue();
      };
      writing.oncomplete = () => {
        database.close();
        resolve();
      };
    };
  });
}
