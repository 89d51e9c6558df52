// The list of beacons as they leave, newest first. Shows text only, and the last 60.
import { type Beacon, PLAY_STATES, type Slice, type ViewEvent } from '@retour/player-sdk/contract';

const SHOWN = 60;

export interface BeaconLog {
  add(beacon: Beacon, sizeBytes: number): void;
  say(title: string, detail: string): void;
  clear(): void;
}

export function createBeaconLog(list: HTMLElement, empty: HTMLElement): BeaconLog {
  const put = (entry: HTMLElement) => {
    list.prepend(entry);
    while (list.childElementCount > SHOWN) list.lastElementChild?.remove();
    empty.hidden = true;
  };
  return {
    add: (beacon, sizeBytes) => put(toEntry(beacon, sizeBytes)),
    say(title, detail) {
      const entry = document.createElement('li');
      entry.className = 'bad';
      entry.append(toHead(title, ''), toRow(detail));
      put(entry);
    },
    clear() {
      list.replaceChildren();
      empty.hidden = false;
    },
  };
}

function toEntry({ slices, events }: Beacon, sizeBytes: number): HTMLElement {
  const entry = document.createElement('li');
  const bad = events.some((event) => event.type === 'error');
  const stall = events.some((event) => event.type === 'stall');
  if (bad) entry.className = 'bad';
  else if (stall) entry.className = 'stall';
  const titles = events.length > 0 ? events.map(toTitle) : ['heartbeat'];
  const title = titles.pop() ?? ''; // The last event is the one that made it leave.
  entry.append(toHead(title, `${sizeBytes.toLocaleString('en')} B`));
  for (const earlier of titles) entry.append(toRow(earlier));
  for (const slice of slices) entry.append(toRow(toSliceText(slice)));
  return entry;
}

function toTitle(event: ViewEvent): string {
  switch (event.type) {
    case 'firstFrame':
      return event.startupMs === undefined
        ? 'first frame'
        : `first frame after ${event.startupMs} ms`;
    case 'stall':
      return event.durationMs === undefined ? 'stall begins' : `stall of ${event.durationMs} ms`;
    case 'seek':
      return `seek to ${toSeconds(event.to)} by the ${event.by}`;
    case 'rendition': {
      const { height, bitrate } = event.rendition;
      return `rendition ${height ?? '?'}p${bitrate ? ` ${Math.round(bitrate / 1000)} kbit/s` : ''}`;
    }
    case 'error':
      return `${event.fatal ? 'fatal error' : 'error'} ${event.code}`;
    case 'exit':
      return `exit (${event.kind})`;
    case 'pathway':
      return `delivery from ${event.host ?? event.pathway ?? 'unknown'}`;
    case 'visibility':
      return event.hidden ? 'hidden' : 'visible';
    case 'playerReady':
      return 'player ready';
    default:
      return event.type;
  }
}

function toSliceText(slice: Slice): string {
  const parts = PLAY_STATES.flatMap((state) => {
    const ms = slice[`${state}Ms` as keyof Slice]; // States that take no time have no such position.
    return typeof ms === 'number' && ms > 0 ? [`${state} ${toSeconds(ms)}`] : [];
  });
  const bytes = slice.bytes > 0 ? `, ${Math.round(slice.bytes / 1000)} kB` : '';
  return `slice ${slice.k}.${slice.rev}${slice.open === 1 ? ' (open)' : ''}: ${parts.join(', ') || 'no time yet'}${bytes}`;
}

function toSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function toHead(title: string, size: string): HTMLElement {
  const head = document.createElement('div');
  head.className = 'head';
  head.append(
    toText('at', new Date().toLocaleTimeString('en-GB')),
    toText('what', title),
    toText('size', size),
  );
  return head;
}

function toText(name: string, text: string): HTMLElement {
  const span = document.createElement('span');
  span.className = name;
  span.textContent = text;
  return span;
}

function toRow(text: string): HTMLElement {
  const row = document.createElement('p');
  row.className = 'row';
  row.textContent = text;
  return row;
}
