// What has left since Play was pressed, in figures, and the link to the view that they are of. They
// stay when it ends, until the next Play.
import { PLAY_STATES } from '@retour/player-sdk/contract';
import { toNumber } from './decoded.ts';
import { byId, showText, toVisible } from './elements.ts';
import type { Departure } from './wireTap.ts';

export interface FactsState {
  /** The present view's id, or nothing. */
  readonly view: string;
  readonly playing: boolean;
}

export interface Facts {
  clear(asset: string): void;
  add(departure: Departure): void;
  show(state: FactsState): void;
}

const NOTHING_YET = 'Nothing has left yet. Press Play.';
const OBJECTION =
  'Nothing leaves: the viewer objects. In the mode exempt, Do Not Track and Global Privacy Control are an objection.';

const NONE = { view: '', state: 'idle', beacons: 0, jsonBytes: 0, wireBytes: 0 };

export function createFacts(): Facts {
  const link = byId('viewLink', HTMLAnchorElement);
  const empty = byId('empty', HTMLElement);
  let sums = NONE;
  return {
    clear(asset) {
      sums = NONE;
      showText('asset', toVisible(asset));
    },
    add({ beacons, jsonBytes, gzipBytes, compressed }) {
      const last = beacons.at(-1);
      const state = last?.summary && (PLAY_STATES[last.summary.endState] ?? 'unknown');
      sums = {
        view: sums.view,
        state: state ?? sums.state,
        beacons: sums.beacons + beacons.length,
        jsonBytes: sums.jsonBytes + jsonBytes,
        wireBytes: sums.wireBytes + (compressed ? gzipBytes : jsonBytes),
      };
      if (last) showText('asset', toVisible(last.ctx.asset.id));
    },
    show({ view, playing }) {
      const isSilent = playing && view === '';
      const state = isSilent ? 'not measured' : sums.state;
      sums = { ...sums, state, view: view || sums.view };
      showText('viewId', sums.view || (isSilent ? 'none: nothing is measured' : 'none yet'));
      link.hidden = sums.view === '';
      link.href = `/views/${encodeURIComponent(sums.view)}`;
      showText('state', state);
      showText('beacons', toNumber(sums.beacons));
      showText('bytes', `${toNumber(sums.jsonBytes)} B`);
      showText('wireBytes', `${toNumber(sums.wireBytes)} B`);
      showText('empty', isSilent ? OBJECTION : playing ? 'It is on its way.' : NOTHING_YET);
      empty.hidden = sums.beacons > 0;
    },
  };
}
