// The script-tag build: all of the SDK as one global, `retour`. A page may call it before it has loaded,
// through the snippet of the documentation, and nothing breaks where it never does.
import { dashjs } from './adapters/dashjs.ts';
import { hlsjs } from './adapters/hlsjs.ts';
import { html5 } from './adapters/html5.ts';
import { shaka } from './adapters/shaka.ts';
import { videojs } from './adapters/videojs.ts';
import { ads } from './ads.ts';
import { cmcd } from './cmcd.ts';
import { defineRetourMonitor } from './element.ts';
import { interactions } from './interactions.ts';
import { monitor } from './monitor.ts';
import { offline } from './offline.ts';
import { registerRetour } from './videojsPlugin.ts';

const API = {
  monitor,
  html5,
  hlsjs,
  videojs,
  dashjs,
  shaka,
  ads,
  interactions,
  offline,
  cmcd,
  defineRetourMonitor,
  registerRetour,
};

/** What a page gives to `retour(…)`: called at once, or as soon as the script is here. */
type Call = (retour: typeof API) => void;

interface Queue {
  (call: Call): void;
  /** What waits: the snippet takes up to 100. */
  q?: Call[];
  monitor?: unknown;
}

function install(page: { retour?: Queue }): void {
  const waiting = page.retour;
  if (waiting?.monitor) return; // Loaded twice.
  // Whoever kept the snippet's own function goes on calling that, and it looks for its queue here.
  Object.assign(page, { retour: Object.assign(run, API, { q: { length: 0, push: run } }) });
  for (const call of waiting?.q ?? []) run(call);
}

/** What the page's own code throws is shown as its own, and keeps no other call from being made. */
function run(call: Call): void {
  try {
    call(API);
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}

// The snippet's, or nothing; on a server that renders pages there is none.
if (typeof window !== 'undefined') install(window as { retour?: Queue });
