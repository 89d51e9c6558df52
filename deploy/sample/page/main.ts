// The sample page: a real player, monitored by the built SDK as any publisher's page would do it.
import { type DebugMessage, type Monitor, monitor } from '@retour/player-sdk';
import { PLAY_STATES } from '@retour/player-sdk/contract';
import { createBeaconLog } from './beaconLog.ts';
import {
  createPlaying,
  type PlayerName,
  type Playing,
  type StreamName,
  whyNot,
} from './players.ts';
import { type PageSettings, readSettings } from './settings.ts';

const video = byId('video', HTMLVideoElement);
const play = byId('play', HTMLButtonElement);
const choice = byId('choice', HTMLFormElement);
const note = byId('choiceNote', HTMLElement);
const trouble = byId('trouble', HTMLElement);
const log = createBeaconLog(byId('log', HTMLElement), byId('empty', HTMLElement));

let playing: Playing | undefined;
let view: Monitor | undefined;
let sent = { beacons: 0, bytes: 0 };

followConsoleTheme();
const settings = readSettings(location.search, location.href);
if (typeof settings === 'string') refuse(settings);
else start(settings);

function start(found: PageSettings): void {
  play.addEventListener('click', () => begin(found));
  choice.addEventListener('change', () => {
    end();
    showChoice();
  });
  video.addEventListener('error', () => {
    if (playing && video.error)
      tell(`The player gave up: ${video.error.message || 'unknown error'}`);
  });
  showChoice();
}

function begin({ key, endpoint, asset, title }: PageSettings): void {
  const { player, stream } = readChoice();
  play.hidden = true;
  trouble.hidden = true;
  video.controls = true;
  video.focus({ preventScroll: true });
  playing = createPlaying(video, player, stream);
  view = monitor(playing.adapter, {
    key,
    endpoint,
    asset: { id: asset, title, streamType: stream },
    debug: show,
  });
  view.request();
  showView();
  playing.start().catch((error: unknown) => {
    tell(`It does not play: ${error instanceof Error ? error.message : 'unknown error'}`);
  });
}

function end(): void {
  view?.destroy();
  playing?.stop();
  view = undefined;
  playing = undefined;
  video.controls = false;
  play.hidden = false;
  trouble.hidden = true;
  sent = { beacons: 0, bytes: 0 };
  log.clear();
  showView();
  showSent('idle');
}

function show(message: DebugMessage): void {
  if (message.type === 'beacon') {
    const { beacon, sizeBytes } = message;
    sent = { beacons: sent.beacons + 1, bytes: sent.bytes + sizeBytes };
    log.add(beacon, sizeBytes);
    const state = beacon.summary && PLAY_STATES[beacon.summary.endState];
    showSent(state ?? 'unknown');
    showView();
  } else if (message.type === 'refused') {
    log.say(
      `refused: ${message.refusal.code}`,
      `${message.refusal.message} ${message.refusal.remedy}`,
    );
  } else {
    log.say('the SDK failed', String(message.error));
  }
}

function showSent(state: string): void {
  byId('beacons', HTMLElement).textContent = sent.beacons.toLocaleString('en');
  byId('bytes', HTMLElement).textContent = sent.bytes.toLocaleString('en');
  byId('state', HTMLElement).textContent = state;
}

function showView(): void {
  const link = byId('viewLink', HTMLAnchorElement);
  byId('viewId', HTMLElement).textContent = view?.view ?? 'none yet';
  link.hidden = view === undefined;
  if (view) link.href = `/views/${encodeURIComponent(view.view)}`;
}

function readChoice(): { player: PlayerName; stream: StreamName } {
  const form = new FormData(choice);
  const player = form.get('player');
  const stream = form.get('stream');
  return {
    player: player === 'native' || player === 'mp4' ? player : 'hlsjs',
    stream: stream === 'live' ? 'live' : 'vod',
  };
}

/** What cannot be played here is shown and said, never silently changed. */
function showChoice(): void {
  const { player, stream } = readChoice();
  const reason = whyNot(player, stream, video);
  note.textContent = reason;
  note.hidden = reason === '';
  play.disabled = reason !== '';
}

function refuse(reason: string): void {
  play.disabled = true;
  byId('empty', HTMLElement).textContent = 'Nothing can leave from here.';
  for (const input of choice.querySelectorAll('input')) input.disabled = true;
  tell(reason);
}

function tell(text: string): void {
  trouble.textContent = text;
  trouble.hidden = false;
}

/** The console keeps the person's choice of theme in this origin. */
function followConsoleTheme(): void {
  const theme = localStorage.getItem('retour.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
}

function byId<T extends HTMLElement>(id: string, kind: abstract new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no #${id}.`);
  return found;
}
