// The playground: a real player, monitored by the built SDK as any publisher's page would do it, and
// what leaves it.

import type { PrivacyMode } from '@retour/player-sdk/contract';
import { createBeaconLog } from './beaconLog.ts';
import { createButtons } from './buttons.ts';
import { isTightened, readChoice, startChoice } from './choice.ts';
import { byId, showText, toElement } from './elements.ts';
import { createFacts } from './facts.ts';
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
const showButtons = createButtons(play, acts);
const facts = createFacts();
const note = byId('note', HTMLElement);
const trouble = byId('trouble', HTMLElement);
const log = createBeaconLog(byId('log', HTMLElement));
const panes = createViewPanes(byId('paneTimeline', HTMLElement), byId('paneTotals', HTMLElement));

/** What a button does that is not to be seen at once. */
const NOTES: Readonly<Record<string, string>> = {
  error: 'The error is noted. It is not fatal, so it leaves with the next heartbeat.',
  optOut: 'The viewer objected: nothing is measured any more, until Destroy and Play.',
  destroy: '',
};

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
    onChange: () => showPresent(playground),
  });
  tapWire(found.endpoint, (departure) => show(departure, playground));
  play.addEventListener('click', () => {
    clear(found);
    showPresent(playground);
    playground.begin(readChoice(form));
  });
  acts.addEventListener('click', ({ target }) => {
    const act = target instanceof HTMLElement ? target.dataset.act : undefined;
    if (act === undefined) return;
    playground.act(act);
    const said = NOTES[act];
    if (said !== undefined) sayNote(said);
  });
  startChoice(form, {
    onOther() {
      playground.end();
      showChoice(found);
    },
    onSetting() {
      playground.set(readChoice(form));
      showSnippet(found);
    },
  });
  byId('copy', HTMLButtonElement).addEventListener('click', copySnippet);
  clear(found);
  showChoice(found);
}

function show(departure: Departure, playground: Playground): void {
  log.add(departure);
  facts.add(departure);
  for (const beacon of departure.beacons) {
    panes.add(beacon);
    if (playground.view !== '') showMode(beacon.ctx.privacy); // Else the note says why not.
  }
  showPresent(playground);
}

function showPresent(playground: Playground): void {
  facts.show(playground);
  showButtons(playground);
}

function showMode(mode: PrivacyMode): void {
  const wanted = readChoice(form).privacy;
  const command = toElement('code', 'mono', `npm start -- --privacy ${wanted}`);
  const said = `The property’s settings allow the mode ${mode} at most: so it was sent. To allow more, start Retour with `;
  sayNote(...(isTightened(wanted, mode) ? [said, command] : []));
}

/** What is shown is of one Play: the next begins anew. */
function clear(found: PageSettings): void {
  tell('');
  log.clear();
  panes.clear();
  facts.clear(found.asset);
}

/** What cannot be played here is shown and said, never silently changed. */
function showChoice(found: PageSettings): void {
  const choice = readChoice(form);
  const reason = whyNot(choice);
  sayNote(reason);
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
  trouble.hidden = text === '';
}

function sayNote(...said: readonly (Node | string)[]): void {
  note.replaceChildren(...said);
}

/** The console keeps the person's choice of theme in this origin. */
function followConsoleTheme(): void {
  const theme = localStorage.getItem('retour.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
}
