// The playground: a real player, monitored by the built SDK as any publisher's page would do it, and
// what leaves it.

import { PLAY_STATES, type PrivacyMode } from '@retour/player-sdk/contract';
import { createBeaconLog } from './beaconLog.ts';
import { isTightened, readChoice, startChoice } from './choice.ts';
import { toNumber } from './decoded.ts';
import { byId, toVisible } from './elements.ts';
import { loadPlayer, TITLES, whyNot } from './players.ts';
import { createPlayground, type Playground } from './playground.ts';
import { type PageSettings, readSettings } from './settings.ts';
import { toSnippet } from './snippet.ts';
import { startTabs } from './tabs.ts';
import { createViewPanes } from './viewPanes.ts';
import { type Departure, tapWire } from './wireTap.ts';

const play = byId('play', HTMLButtonElement);
const form = byId('choice', HTMLFormElement);
const acts = byId('acts', HTMLElement);
const note = byId('note', HTMLElement);
const trouble = byId('trouble', HTMLElement);
const log = createBeaconLog(byId('log', HTMLElement));
const panes = createViewPanes(byId('paneTimeline', HTMLElement), byId('paneTotals', HTMLElement));

const NOTHING_YET = 'Nothing has left yet. Press Play.';
const OBJECTION =
  'Nothing leaves: the viewer objects. In the mode exempt, Do Not Track and Global Privacy Control are an objection.';

let sent = { beacons: 0, jsonBytes: 0, wireBytes: 0 };

followConsoleTheme();
startTabs(document.querySelector<HTMLElement>('[role=tablist]') ?? document.body);
const settings = readSettings(location.search, location.href);
if (typeof settings === 'string') refuse(settings);
else start(settings);

function start(found: PageSettings): void {
  const playground = createPlayground(found, {
    screen: byId('screen', HTMLElement),
    tell,
    failed: (error) => log.say('the SDK failed', String(error)),
    onChange: () => showView(playground),
  });
  tapWire(found.endpoint, (departure) => show(departure, playground));
  play.addEventListener('click', () => {
    trouble.hidden = true;
    playground.begin(readChoice(form));
  });
  acts.addEventListener('click', ({ target }) => {
    const act = target instanceof HTMLElement ? target.dataset.act : undefined;
    if (act !== undefined) playground.act(act);
  });
  startChoice(form, {
    onOther() {
      playground.end();
      clear(found);
      showChoice(found);
    },
    onSetting() {
      playground.set(readChoice(form));
      showSnippet(found);
    },
  });
  byId('copy', HTMLButtonElement).addEventListener('click', copySnippet);
  showText('asset', toVisible(found.asset));
  showChoice(found);
}

function show(departure: Departure, playground: Playground): void {
  log.add(departure);
  const { beacons, jsonBytes, gzipBytes, compressed } = departure;
  sent = {
    beacons: sent.beacons + beacons.length,
    jsonBytes: sent.jsonBytes + jsonBytes,
    wireBytes: sent.wireBytes + (compressed ? gzipBytes : jsonBytes),
  };
  for (const beacon of beacons) {
    panes.add(beacon);
    showText('asset', toVisible(beacon.ctx.asset.id));
    if (playground.playing) showMode(beacon.ctx.privacy); // Else the note says what may be played.
    if (beacon.summary) showText('state', PLAY_STATES[beacon.summary.endState] ?? 'unknown');
  }
  showSent();
  showView(playground);
}

function showMode(sent: PrivacyMode): void {
  const wanted = readChoice(form).privacy;
  note.hidden = !isTightened(wanted, sent);
  note.textContent = `The property’s settings allow the mode ${sent} at most: so it was sent. To allow more, start Retour with --privacy ${wanted}.`;
}

function showSent(): void {
  showText('beacons', toNumber(sent.beacons));
  showText('bytes', `${toNumber(sent.jsonBytes)} B`);
  showText('wireBytes', `${toNumber(sent.wireBytes)} B`);
  byId('empty', HTMLElement).hidden = sent.beacons > 0;
}

function clear(found: PageSettings): void {
  sent = { beacons: 0, jsonBytes: 0, wireBytes: 0 };
  trouble.hidden = true;
  log.clear();
  panes.clear();
  showText('state', 'idle');
  showText('asset', toVisible(found.asset));
  showSent();
}

function showView({ view, playing, paused }: Playground): void {
  const link = byId('viewLink', HTMLAnchorElement);
  const isSilent = playing && view === '';
  showText('viewId', isSilent ? 'none: nothing is measured' : view === '' ? 'none yet' : view);
  showText('empty', isSilent ? OBJECTION : playing ? 'It is on its way.' : NOTHING_YET);
  link.hidden = view === '';
  link.href = `/views/${encodeURIComponent(view)}`;
  play.hidden = playing;
  acts.hidden = !playing;
  const toggle = acts.querySelector('[data-act=toggle]');
  if (toggle) toggle.textContent = paused ? 'Play' : 'Pause';
}

/** What cannot be played here is shown and said, never silently changed. */
function showChoice(found: PageSettings): void {
  const choice = readChoice(form);
  const reason = whyNot(choice);
  note.textContent = reason;
  note.hidden = reason === '';
  play.disabled = reason !== '';
  showSnippet(found);
  if (reason !== '') return;
  // At hand when it is wanted: its loading is no part of the startup that is measured.
  loadPlayer(choice.player).catch(() => tell(`The code of ${TITLES[choice.player]} did not load.`));
}

function showSnippet(found: PageSettings): void {
  const { player, privacy } = readChoice(form);
  showText('snippet', toSnippet(player, found, privacy));
}

async function copySnippet(): Promise<void> {
  const code = byId('snippet', HTMLElement);
  const button = byId('copy', HTMLButtonElement);
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
    button.textContent = 'Copied';
  } catch {
    getSelection()?.selectAllChildren(code); // No clipboard outside of a secure context.
    button.textContent = 'Selected: press Ctrl-C';
  }
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 2_000);
}

function refuse(reason: string): void {
  play.disabled = true;
  byId('empty', HTMLElement).textContent = 'Nothing can leave from here.';
  byId('copy', HTMLButtonElement).disabled = true;
  showText('snippet', '// There is no write key to show.');
  for (const input of form.querySelectorAll('input')) input.disabled = true;
  tell(reason);
}

function tell(text: string): void {
  trouble.textContent = text;
  trouble.hidden = false;
}

function showText(id: string, text: string): void {
  byId(id, HTMLElement).textContent = text;
}

/** The console keeps the person's choice of theme in this origin. */
function followConsoleTheme(): void {
  const theme = localStorage.getItem('retour.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
}
