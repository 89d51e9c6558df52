// One playing at a time: begins it, does to it what the buttons say, and ends it.
import { type Monitor, monitor } from '@retour/player-sdk';
import type { FullChoice } from './choice.ts';
import { toMediaErrorText } from './mediaError.ts';
import type { Playing } from './players/playing.ts';
import { loadPlayer, toMediaUrl } from './players.ts';
import type { PageSettings } from './settings.ts';

export interface Playground {
  /** The present view's id; empty where nothing plays, or nothing is measured. */
  readonly view: string;
  readonly playing: boolean;
  readonly paused: boolean;
  begin(choice: FullChoice): void;
  /** Of a form that changed: what needs no other player. */
  set(choice: FullChoice): void;
  act(name: string): void;
  end(): void;
}

export interface PlaygroundHost {
  /** Holds the video; a fresh one for each player, since some take theirs with them. */
  readonly screen: HTMLElement;
  /** What keeps it from playing; nothing once it plays. */
  tell(trouble: string): void;
  failed(error: unknown): void;
  onChange(): void;
}

interface Run {
  readonly choice: FullChoice;
  readonly playing: Playing;
  readonly view: Monitor;
  privacy: FullChoice['privacy'];
  sources: number;
}

export function createPlayground(settings: PageSettings, host: PlaygroundHost): Playground {
  const { screen } = host;
  const blank = screen.querySelector('video')?.cloneNode(true);
  let run: Run | undefined;
  /** Of what is to be played: what was given up for another begins nothing and complains no more. */
  let turn = 0;
  // Media events do not bubble, but they pass on their way down.
  for (const type of ['play', 'pause']) screen.addEventListener(type, host.onChange, true);
  screen.addEventListener('playing', () => host.tell(''), true);
  screen.addEventListener('error', () => run && tellFailure(), true);

  /** Whether the element has given up: it says why better than its play(), refused for the same. */
  function tellFailure(): boolean {
    const failed = read()?.error;
    if (failed) host.tell(toMediaErrorText(failed));
    return Boolean(failed);
  }

  function watch(playing: Promise<unknown> | undefined): void {
    const mine = turn;
    playing?.catch((refusal: unknown) => {
      const { name, message }: Partial<Error> = Object(refusal); // Shaka's are no Error.
      // A pause or another source that came before it played was asked for.
      if (mine !== turn || name === 'AbortError' || tellFailure()) return;
      host.tell(`It does not play: ${message ?? refusal}`);
    });
  }

  function end(): void {
    turn += 1;
    host.tell('');
    if (run === undefined) return;
    run.view.destroy();
    run.playing.stop();
    run = undefined;
    if (blank) screen.replaceChildren(blank.cloneNode(true));
    host.onChange();
  }

  async function begin(choice: FullChoice): Promise<void> {
    const mine = ++turn;
    const create = await loadPlayer(choice.player);
    const video = screen.querySelector('video');
    if (mine !== turn || video === null) return;
    put(video, choice);
    video.controls = choice.player !== 'videojs'; // It brings its own.
    video.autoplay = choice.autoplay;
    const playing = create(video);
    const view = monitor(playing.adapter, {
      key: settings.key,
      endpoint: settings.endpoint,
      asset: { id: settings.asset, title: settings.title, streamType: choice.stream },
      privacy: choice.privacy,
      debug: (message) => {
        if (message.type === 'failed') host.failed(message.error);
      },
    });
    run = { choice, playing, view, privacy: choice.privacy, sources: 1 };
    if (!choice.autoplay) view.request();
    host.onChange();
    await playing.start(toMediaUrl(choice));
  }

  /** Another asset in the same player: another view. */
  function change(now: Run): Promise<unknown> {
    turn += 1;
    now.sources += 1;
    const { choice, playing, view, sources } = now;
    view.update({ asset: { id: `${settings.asset}-${sources}`, streamType: choice.stream } });
    return playing.change(`${toMediaUrl(choice)}?source=${sources}`);
  }

  const acts: Readonly<Record<string, (now: Run) => void>> = {
    toggle: () => (read()?.paused ? watch(read()?.play()) : read()?.pause()),
    back: () => seek(-10),
    on: () => seek(10),
    another: (now) => watch(change(now)),
    error: ({ view }) =>
      view.error({ code: 'PLAYGROUND', message: 'Told by a button.', fatal: false }),
    optOut: ({ view }) => view.optOut(),
    destroy: end,
  };

  /** The element that plays: a player may have put another in its place. */
  function read(): HTMLVideoElement | null {
    return screen.querySelector('video');
  }

  /** Within what can be reached: beyond it, some browsers give a live stream up. */
  function seek(seconds: number): void {
    const video = read();
    const { length } = video?.seekable ?? { length: 0 };
    if (!video || length === 0) return;
    const [from, to] = [video.seekable.start(0), video.seekable.end(length - 1)];
    video.currentTime = Math.min(Math.max(from, video.currentTime + seconds), to);
  }

  return {
    get view() {
      return run?.view.view ?? '';
    },
    get playing() {
      return run !== undefined;
    },
    get paused() {
      return read()?.paused ?? true;
    },
    begin: (choice) => watch(begin(choice)),
    set(choice) {
      const video = read();
      if (video && run) put(video, choice);
      if (run && run.privacy !== choice.privacy) run.view.consent(choice.privacy);
      if (run) run.privacy = choice.privacy;
    },
    act(name) {
      if (run) acts[name]?.(run);
      host.onChange();
    },
    end,
  };
}

/** A new source resets the rate to its default. */
function put(video: HTMLVideoElement, { muted, rate }: FullChoice): void {
  video.muted = muted;
  video.defaultPlaybackRate = rate;
  video.playbackRate = rate;
}
