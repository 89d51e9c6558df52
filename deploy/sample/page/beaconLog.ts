// The list of requests as they leave, newest first: a line each, all of it on opening. Keeps the
// last 60.
import type { Beacon } from '@retour/player-sdk/contract';
import {
  toContextLines,
  toEventLines,
  toEventText,
  toNumber,
  toSliceLines,
  toSummaryLines,
  toTime,
  toTitle,
} from './decoded.ts';
import { toElement, toTable } from './elements.ts';
import type { Answer, Departure } from './wireTap.ts';

const SHOWN = 60;

export interface BeaconLog {
  add(departure: Departure): void;
  say(title: string, detail: string): void;
  clear(): void;
}

export function createBeaconLog(list: HTMLElement): BeaconLog {
  const put = (entry: HTMLElement) => {
    list.prepend(entry);
    while (list.childElementCount > SHOWN) list.lastElementChild?.remove();
  };
  return {
    add: (departure) => put(toEntry(departure)),
    say(title, detail) {
      const head = toElement('div', 'head', toElement('span', 'what', title));
      put(toElement('li', 'bad', head, toElement('p', 'row', detail)));
    },
    clear: () => list.replaceChildren(),
  };
}

function toEntry(departure: Departure): HTMLElement {
  const { at, by, beacons, jsonBytes, gzipBytes, compressed, answer } = departure;
  const badge = toElement('span', 'answer', '…');
  const told = beacons.find(hasError) ?? beacons[0];
  const others = beacons.length - 1;
  const more = others > 0 ? ` and ${others} more beacon${others === 1 ? '' : 's'}` : '';
  const head = toElement(
    'summary',
    'head',
    toElement('span', 'at', toTime(at).slice(0, 8)),
    toElement('span', 'what', `${told ? toTitle(told) : 'nothing'}${more}`),
    badge,
  );
  const events = beacons.reduce((sum, beacon) => sum + beacon.events.length, 0);
  const held = `${events === 0 ? 'no' : events} event${events === 1 ? '' : 's'}`;
  const how = `${held}, ${toNumber(jsonBytes)} B JSON, ${toNumber(gzipBytes)} B gzip (${compressed ? 'sent compressed' : 'sent as it is'}) by ${by}`;
  const said = toElement('p', 'row', how);
  const details = toElement('details', '', head);
  const entry = toElement('li', toClass(beacons), details, said);
  // Built when it is looked at: most lines never are.
  details.addEventListener('toggle', () => details.append(...beacons.map(toWhole)), { once: true });
  answer.then((found) => putAnswer(entry, badge, found));
  return entry;
}

function putAnswer(entry: HTMLElement, badge: HTMLElement, { ok, status, detail }: Answer): void {
  badge.textContent = status;
  badge.classList.toggle('refused', !ok);
  badge.title = detail;
  if (!ok) entry.append(toElement('p', 'row refused', detail));
}

function toClass(beacons: readonly Beacon[]): string {
  if (beacons.some(hasError)) return 'bad';
  return beacons.some(({ events }) => events.some(({ type }) => type === 'stall')) ? 'stall' : '';
}

function hasError({ events }: Beacon): boolean {
  return events.some(({ type }) => type === 'error');
}

function toWhole(beacon: Beacon): HTMLElement {
  const { slices, events, summary } = beacon;
  return toElement(
    'div',
    'decoded',
    ...events.map((event) =>
      toTable(`event ${event.seq}: ${toEventText(event)}`, toEventLines(event)),
    ),
    ...slices.map((slice) =>
      toTable(`slice ${slice.k}${slice.open === 1 ? ', still open' : ''}`, toSliceLines(slice)),
    ),
    ...(summary ? [toTable('summary', toSummaryLines(summary))] : []),
    toTable(`context ${beacon.ctx.rev}`, toContextLines(beacon)),
  );
}
