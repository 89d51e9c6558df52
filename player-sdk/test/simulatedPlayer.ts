// A simulated player with an adapter that looks at it as real ones do: at any phase, late, seldom while
// hidden. What truly happens is written down while it happens. What may happen: simulatedActs.ts, simulatedPage.ts.
import {
  EXIT_KINDS,
  type ExitKind,
  type Sample,
  type Signal,
  type SignalFacts,
  type SignalType,
  type TimedState,
  type ViewEvent,
} from '@retour/player-sdk/contract';
import { createMeter } from '@retour/player-sdk/meter';
import { createChance } from './randomSignals.ts';
import { CONTEXT, EPOCH, ORIGIN } from './screening.ts';

const CALM_MS = 250;
const TROUBLE_MS = 100;
/** What stands for longer is a stall. */
const STALL_MS = 250;
/** Standstills are shorter than this, or longer than that: between them it is chance what they are seen as. */
export const SHORT_MS = 200;
const LONG_MS = 300;
/** Content that has to be seen to move before it does. */
const CREEP_MS = 50;
/** Looks so far apart that a playhead may have been frozen in between. */
export const BLIND_MS = 60_000;
export const UNENDING_MS = 1e7;

/** How this player and its browser are. */
export interface Habits {
  /** Positions grow by so much at once, as Firefox's do from frame to frame. */
  readonly grainMs: number;
  /** It says `waiting`. */
  readonly says: boolean;
  /** It creeps and stands before it runs, as Chromium does. */
  readonly creeps: boolean;
  /** The page is busy: timers are late. */
  readonly busy: boolean;
}

export class SimulatedPlayer {
  /** The truth. */
  readonly times = {
    starting: 0,
    playing: 0,
    stalled: 0,
    seeking: 0,
    paused: 0,
    ad: 0,
    suspended: 0,
  };
  readonly counts = {
    hiddenMs: 0,
    mediaMs: 0,
    stalls: 0,
    seeks: 0,
    seeksTimed: 0,
    seekLatencyMs: 0,
    contentStarts: 0,
    contentStartups: 0,
    contentStartupMs: 0,
    startFailures: 0,
    playFailures: 0,
    exits: 0,
    exitKind: 0,
    adBreaks: 0,
    ads: 0,
  };
  /** How often the playhead set out or stopped, and how often time began to count: each is rounded. */
  turns = 0;
  stretches = 0;
  /** Time that nobody can tell to be of one state or of another, and content likewise. */
  blurMs = 0;
  contentBlurMs = 0;

  readonly meter = createMeter({
    ctx: CONTEXT,
    at: ORIGIN,
    clock: { time: EPOCH, source: 'server' },
  });
  readonly habits: Habits;
  readonly signals: Signal[] = [];
  readonly events = new Map<number, ViewEvent>();

  /** What it is up to now is drawn from here. */
  chance: () => number = createChance(0);
  /** Monotonic time since the start, and what it did not see. */
  at = 0;
  sleptMs = 0;

  /** The element. */
  position = 0;
  rate = 1;
  readyState = 0;
  paused = true;
  seeking = false;
  starved = true;
  ended = false;
  duration = UNENDING_MS;
  /** The page. */
  frozen = false;
  hidden = false;
  timerMs = 0;
  resumedAt = Number.NEGATIVE_INFINITY;
  /** Where an ad in the content's element is; and content that waits for one elsewhere. */
  adPosition: number | undefined;
  held = false;
  adPaused = false;

  /** The view. */
  running = false;
  launching = false;
  inBreak = false;
  /** After a break, until the content moves. */
  tail = false;
  startupVoid = false;
  /** The time spent seeking when the viewer's seek began. */
  seekingSince: number | undefined;
  stoodMs = 0;
  isStall = false;
  /** The last standstill that was none. */
  #shortMs = 0;
  #wasMoving = false;
  /** Since the playhead set out: how far, and how often it was seen to move. */
  movedMs = 0;
  seen = 0;

  troubled = false;
  lookedAt = 0;
  nextLookAt = Number.POSITIVE_INFINITY;
  #frameAt = Number.POSITIVE_INFINITY;
  /** A seek that is under way lands then. */
  landAt = Number.POSITIVE_INFINITY;
  land: () => void = () => {};

  constructor(habits: Habits) {
    this.habits = habits;
  }

  get moving(): boolean {
    const { running, paused, seeking, starved, frozen, ended, held } = this;
    return running && !(paused || seeking || starved || frozen || ended || held);
  }

  get state(): TimedState {
    if (this.frozen) return 'suspended';
    if (this.seekingSince !== undefined) return 'seeking';
    if (this.inBreak) return this.adPaused ? 'paused' : 'ad';
    if (this.paused) return 'paused';
    if (this.tail) return 'ad';
    if (this.launching) return 'starting';
    return this.moving ? 'playing' : 'stalled';
  }

  /** Where it says that it is. */
  get shown(): number {
    const { grainMs } = this.habits;
    const position = this.adPosition ?? this.position;
    return grainMs > 0 ? Math.floor(position / grainMs) * grainMs : position;
  }

  between(from: number, to: number): number {
    return from + this.chance() * (to - from);
  }

  /** Time passes; timers look at the playhead unless no code runs. */
  pass(ms: number, isAwake = true): void {
    const end = this.at + ms;
    while (this.at < end) {
      const lookAt = isAwake ? Math.min(this.nextLookAt, this.#frameAt) : end;
      const next = Math.max(this.at, Math.min(end, lookAt, this.frozen ? end : this.landAt));
      this.#live(next - this.at);
      this.at = next;
      if (!this.frozen && this.landAt <= next) {
        this.landAt = Number.POSITIVE_INFINITY;
        this.land();
      }
      if (isAwake && lookAt <= next) this.look();
    }
  }

  #live(ms: number): void {
    const { state, counts, moving, inBreak } = this;
    if (this.running) {
      if (this.hidden) counts.hiddenMs += ms;
      if (state === 'stalled') this.#stand(ms);
      else this.times[state] += ms;
    }
    if (this.adPosition !== undefined) this.adPosition += ms;
    if (!moving) return;
    this.movedMs += ms;
    this.position += ms * this.rate;
    if (!inBreak) counts.mediaMs += ms * this.rate;
  }

  #stand(ms: number): void {
    this.stoodMs += ms;
    if (this.isStall) this.times.stalled += ms;
    else if (this.stoodMs >= STALL_MS) {
      this.isStall = true;
      this.counts.stalls += 1;
      this.times.stalled += this.stoodMs;
    }
  }

  endStandstill(): void {
    if (!this.isStall) {
      this.times.playing += this.stoodMs;
      this.#shortMs = this.stoodMs;
    }
    this.stoodMs = 0;
    this.isStall = false;
  }

  /** What stands is left to stand until it is clear whether that is a stall. */
  standOut(): void {
    const { creeps, grainMs } = this.habits;
    const longMs = LONG_MS + (creeps ? 100 : 0) + 2 * grainMs; // What of it may be seen as moving.
    const isOpen = this.state === 'stalled' && this.stoodMs > SHORT_MS && this.stoodMs < longMs;
    if (isOpen) this.pass(longMs + 1 - this.stoodMs);
  }

  /** What moves is let move until two looks have seen it: two standstills in a row are two. */
  runOut(): void {
    while (this.moving && !this.inBreak && (this.seen < 2 || this.movedMs < LONG_MS)) {
      this.pass(this.timerMs || CREEP_MS);
    }
    this.standOut();
  }

  /** What moves is let move until it can be seen to. */
  setOut(): void {
    const ms = (2 * CREEP_MS + 10 + 2 * this.habits.grainMs) / Math.min(1, this.rate);
    while (this.moving && !this.inBreak && this.movedMs < ms) this.pass(10);
    this.standOut();
    // A pause that comes so soon may be taken to have begun with it.
    if (this.seen < 2) this.blurMs += this.#shortMs;
    this.#shortMs = 0;
  }

  /** To be called after whatever may set the playhead going, or stop it. */
  turn(isAnew = false): void {
    const { moving } = this;
    if (moving === this.#wasMoving && !isAnew) return;
    this.#wasMoving = moving;
    this.turns += 1;
    if (!moving || this.inBreak) return;
    this.movedMs = 0;
    this.seen = 0;
    this.endStandstill();
    this.#showFrame();
    this.launching = this.tail = false;
    this.endSeek();
    if (this.troubled && !this.hidden && this.chance() < 0.7) {
      this.#frameAt = this.at + this.between(0, 45);
    }
  }

  #showFrame(): void {
    const { counts, times } = this;
    if (counts.contentStarts > 0) return;
    counts.contentStarts = 1;
    if (this.startupVoid) return;
    counts.contentStartups = 1;
    counts.contentStartupMs = times.starting;
  }

  endSeek(): void {
    if (this.seekingSince === undefined) return;
    this.counts.seeksTimed += 1;
    this.counts.seekLatencyMs += this.times.seeking - this.seekingSince;
    this.seekingSince = undefined;
  }

  look(): void {
    if (this.movedMs * this.rate >= CREEP_MS + this.habits.grainMs) this.seen += 1;
    this.lookedAt = this.at;
    this.emit('sample', this.#read());
    if (this.moving && this.movedMs > CREEP_MS) this.troubled = false;
    this.#frameAt = Number.POSITIVE_INFINITY;
    const isActive = !(this.paused || this.ended) || this.seeking;
    const everyMs = Math.max(this.timerMs, this.troubled ? TROUBLE_MS : CALM_MS);
    this.nextLookAt = isActive ? this.at + everyMs + this.#lateMs() : Number.POSITIVE_INFINITY;
  }

  #lateMs(): number {
    const luck = this.chance();
    if (!this.habits.busy || luck < 0.6) return 0;
    return this.between(0, luck < 0.95 || (this.moving && this.seen < 2) ? 20 : 750);
  }

  #read(): Sample {
    const { rate, paused, seeking, ended, duration } = this;
    const readyState = ended ? 2 : this.readyState;
    return { position: this.shown, rate, readyState, paused, seeking, ended, duration };
  }

  /** With each signal there may be a heartbeat, which must change nothing. */
  emit<T extends SignalType>(type: T, facts: SignalFacts[T]): void {
    const at = ORIGIN + this.at;
    const luck = this.chance();
    if (luck < 0.03) this.meter.peek(at);
    else if (luck < 0.05) this.#fold({ type: 'tick', at });
    this.#fold({ type, at, ...facts } as unknown as Signal); // The facts are those of the type.
  }

  #fold(signal: Signal): void {
    this.signals.push(signal);
    for (const event of this.meter.fold(signal).events) this.events.set(event.seq, event);
  }

  /** The player tells of what it has done, a little later; a look comes right before or after. */
  tell<T extends SignalType>(type: T, facts: SignalFacts[T]): void {
    this.linger(20);
    const luck = this.chance();
    if (luck < 0.2 || this.timerMs === BLIND_MS) this.look();
    this.emit(type, facts);
    if (luck > 0.1) this.look();
  }

  sayWaiting(): void {
    this.look();
    this.troubled = true;
    this.tell('waiting', {});
  }

  noteExit(kind: ExitKind): void {
    this.counts.exits = kind === 'none' ? 0 : 1;
    this.counts.exitKind = EXIT_KINDS.indexOf(kind);
  }

  /** Events come a little later than what they tell of. */
  linger(mostMs: number, isAwake = true): void {
    if (this.chance() > 0.3) return;
    const ms = this.between(0, mostMs);
    this.blurMs += ms;
    this.pass(ms, isAwake);
  }
}
