// What may happen in a viewing of a simulated player, each act with its truth. Whatever an act needs
// and does not find leaves it without effect; amounts are drawn by the player's chance.
import type { ExitKind } from '@retour/player-sdk/contract';
import { freeze, hide, show, sleep, stun } from './simulatedPage.ts';
import { BLIND_MS, SHORT_MS, type SimulatedPlayer, UNENDING_MS } from './simulatedPlayer.ts';

type Act = (player: SimulatedPlayer) => void;

/** A pause that is told so soon after a page awoke is the browser's. */
const AWAKE_MS = 520;

/** Playback is asked for, after an end anew. */
export function request(p: SimulatedPlayer): void {
  if (p.running) return;
  const isFirst = p.counts.exits === 0;
  const isReplay = p.ended;
  if (!isFirst && p.counts.contentStarts + p.counts.ads === 0) p.startupVoid = true;
  p.counts.exits = p.counts.exitKind = 0;
  p.running = p.launching = p.starved = p.troubled = true;
  p.paused = p.ended = false;
  p.stretches += 1;
  p.emit('request', { by: 'play' });
  p.emit('play', { by: 'user' });
  if (isReplay) moveTo(p, 0);
  p.look();
  p.pass(p.between(0, 100));
  p.readyState = Math.max(1, p.readyState);
  p.look(); // `loadedmetadata`
}

/** The browser refuses to autoplay. */
export function refuse(p: SimulatedPlayer): void {
  p.emit('request', { by: 'autoplay' });
  p.look();
  p.pass(p.between(0, 500));
  p.look();
  p.emit('refused', {});
}

/** There is something to play. */
export function feed(p: SimulatedPlayer): void {
  if (!p.starved) return;
  p.standOut();
  p.starved = false;
  p.readyState = p.seeking ? 1 : 4;
  const mayCreep = (p.launching || p.isStall) && !p.paused && !p.inBreak;
  if (p.habits.creeps && mayCreep) creep(p);
  p.turn();
  if (p.running && (p.timerMs === BLIND_MS || p.chance() < 0.5)) p.look(); // `playing`
}

function creep(p: SimulatedPlayer): void {
  p.blurMs += 80;
  p.turn();
  p.pass(20);
  p.starved = true;
  p.turn();
  p.pass(60);
  p.starved = false;
}

function starve(p: SimulatedPlayer): void {
  if (p.starved || p.launching || p.inBreak || p.tail) return;
  p.runOut();
  const { moving } = p;
  p.starved = true;
  p.readyState = Math.min(p.readyState, 2);
  p.turn();
  if (!moving || !p.habits.says) return;
  p.troubled = true;
  p.tell('waiting', {});
}

function stall(p: SimulatedPlayer): void {
  starve(p);
  p.pass(p.chance() < 0.3 ? p.between(0, SHORT_MS) : p.between(0, 6_000));
  feed(p);
}

/** Players say that they wait and play on. */
function cry(p: SimulatedPlayer): void {
  p.runOut();
  if (!p.moving || p.inBreak) return;
  p.tell('waiting', {});
  p.movedMs = p.seen = 0; // It has to be seen to play on.
}

function pause(p: SimulatedPlayer): void {
  if (p.paused || !p.running || p.inBreak) return;
  p.setOut();
  // What has not been seen by now is known only if a look comes before the word.
  if (p.stoodMs > 0 || p.seen < 2 || p.chance() < 0.3) p.look();
  if (!p.isStall) p.blurMs += p.stoodMs;
  if (p.state === 'stalled') p.endStandstill();
  p.paused = true;
  if (!p.seeking) p.endSeek();
  p.turn();
  const by = p.at - p.resumedAt < AWAKE_MS || p.chance() < 0.2 ? 'browser' : 'user';
  if (by === 'user' && p.counts.contentStarts === 0) p.startupVoid = true;
  p.tell('pause', { by });
}

export function play(p: SimulatedPlayer): void {
  if (!p.paused || !p.running || p.inBreak) return;
  p.paused = false;
  p.troubled = true;
  p.turn();
  if (!p.seeking) p.linger(20);
  p.emit('request', { by: 'play' });
  p.emit('play', { by: 'user' });
  p.look();
  if (p.state === 'stalled' && p.habits.says) p.sayWaiting();
}

function seek(p: SimulatedPlayer): void {
  if (!p.running || p.inBreak || p.launching) return;
  const isNear = p.chance() < 0.4;
  const from = leave(p);
  p.position = isNear ? from + p.between(0, 20_000) : p.between(0, 1e6);
  p.seeking = p.troubled = true;
  p.readyState = isNear ? 4 : 1;
  p.turn();
  p.linger(10, false);
  p.emit('seek', { by: 'user', from, to: p.shown });
  p.look();
  p.landAt = p.at + (isNear ? p.between(0, 100) : p.between(100, 2_000));
  p.land = () => {
    p.seeking = false;
    p.readyState = p.starved ? 2 : 4;
    if (p.paused) p.endSeek();
    p.turn();
    if (p.paused || p.chance() < 0.7) p.look(); // `seeked`
  };
}

/** The viewer takes the playhead away: from where. */
function leave(p: SimulatedPlayer): number {
  const isAnother = p.seekingSince !== undefined;
  if (!isAnother) p.setOut();
  if (p.seen < 2 || p.chance() < 0.3) p.look();
  if (p.state === 'stalled') p.endStandstill();
  p.tail = false;
  p.landAt = Number.POSITIVE_INFINITY;
  if (!isAnother) {
    p.counts.seeks += 1;
    p.seekingSince = p.times.seeking;
  }
  return p.shown;
}

/** The player's own seek: over a hole, to the live edge, to where it begins. */
function moveTo(p: SimulatedPlayer, to: number): void {
  const from = p.shown;
  p.position = to;
  p.seeking = true;
  p.turn();
  p.emit('seek', { by: 'player', from, to: p.shown });
  p.look();
  p.pass(p.between(0, 150));
  p.standOut();
  p.seeking = false;
  p.turn();
  if (p.launching || p.chance() < 0.7) p.look(); // `seeked`
}

function jump(p: SimulatedPlayer): void {
  if (!p.running || p.inBreak || p.seeking || p.launching || p.paused) return;
  p.runOut();
  moveTo(p, p.position + p.between(500, 30_000));
}

/** Before it has started: a resume offset, or the viewer drags, which makes its startup no measure. */
function placeEarly(p: SimulatedPlayer): void {
  if (!p.launching || p.inBreak || p.moving || p.counts.contentStarts > 0) return;
  if (p.chance() < 0.7) moveTo(p, p.between(0, 1e6));
  else {
    const from = p.shown;
    p.startupVoid = true;
    p.position = p.between(0, 1e6);
    p.emit('seek', { by: 'user', from, to: p.shown });
    p.look();
  }
}

/** The playhead is elsewhere, and nobody says so: what was played since the last look is not known. */
function leap(p: SimulatedPlayer): void {
  p.runOut();
  if (!p.moving || p.inBreak || p.timerMs === BLIND_MS) return;
  const byMs = (p.position > 60_000 && p.chance() < 0.5 ? -1 : 1) * p.between(3_000, 30_000);
  p.contentBlurMs += (p.at - p.lookedAt + 250) * p.rate;
  p.nextLookAt = Math.min(p.nextLookAt, p.at + 250);
  p.position += byMs;
  p.seen = 0;
}

/** Once between two looks: how often else, nobody could tell. */
function loop(p: SimulatedPlayer): void {
  p.runOut();
  if (!p.moving || p.inBreak || p.position < 2_000 || p.timerMs === BLIND_MS) return;
  p.duration = p.position + p.between(0, 600) * p.rate;
  p.pass((p.duration - p.position) / p.rate);
  if (p.chance() < 0.5) moveTo(p, 0);
  else p.position = 0;
  p.runOut();
  p.look();
  p.duration = UNENDING_MS;
}

function changeRate(p: SimulatedPlayer): void {
  if (p.inBreak) return;
  p.runOut();
  if (!p.moving || p.chance() < 0.3) p.look();
  const rate = [0.5, 1, 1.05, 1.5, 2][Math.floor(p.between(0, 5))] ?? 1;
  p.rate = p.habits.grainMs > 0 ? Math.max(1, rate) : rate; // Slow and by frames it seems to stand.
  p.look(); // `ratechange`
}

/** A break with its ads: over the content, in its element, or part of the stream. */
function breakForAds(p: SimulatedPlayer): void {
  if (!p.running || p.seeking) return;
  const kind = p.chance();
  const isStitched = kind < 0.3;
  if (isStitched ? !p.moving : p.paused && p.launching) return;
  p.setOut();
  p.look();
  const pauses = kind > 0.6 && !p.paused;
  // The room is made before the break is told, or after; before a pre-roll there is none to make.
  const isEarly = pauses && p.counts.contentStarts > 0 && p.chance() < 0.5;
  p.endStandstill();
  if (isEarly) makeRoom(p);
  p.seekingSince = undefined;
  p.inBreak = true;
  p.held = !isStitched;
  p.counts.adBreaks += 1;
  p.emit('ad', { phase: 'breakStart', slot: p.counts.contentStarts > 0 ? 'mid' : 'pre' });
  if (pauses && !isEarly) makeRoom(p);
  p.turn();
  for (let left = p.between(1, 3); left > 1 && p.running; left -= 1) {
    showAd(p, isStitched || kind > 0.45 ? undefined : 1e8); // Far from any content.
  }
  if (p.running) endBreak(p, pauses);
}

function makeRoom(p: SimulatedPlayer): void {
  p.paused = true;
  if (!p.inBreak) p.endSeek();
  p.emit('pause', { by: 'user' });
  p.look();
}

function showAd(p: SimulatedPlayer, position: number | undefined): void {
  p.emit('ad', { phase: 'request' });
  if (p.held) p.pass(p.between(0, 1_000));
  p.adPosition = position;
  p.look();
  p.emit('ad', { phase: 'start' });
  p.counts.ads += 1;
  p.pass(p.between(100, 3_000));
  const what = p.chance() < 0.5 ? [freeze, hide, show, sleep, fail, pauseAd] : [];
  what[Math.floor(p.between(0, what.length))]?.(p);
  if (!p.running) return;
  p.pass(p.between(100, 3_000));
  p.look();
  p.emit('ad', { phase: 'complete' });
  p.adPosition = undefined;
}

/** Of an ad that is part of the stream the element tells. */
function pauseAd(p: SimulatedPlayer): void {
  if (p.held) return;
  p.paused = p.adPaused = true;
  p.emit('pause', { by: 'user' });
  p.look();
  p.pass(p.between(0, 3_000));
  p.adPaused = false;
  goOn(p);
}

function endBreak(p: SimulatedPlayer, hasPaused: boolean): void {
  const isEarly = p.chance() < 0.5;
  if (hasPaused && isEarly) goOn(p);
  p.emit('ad', { phase: 'breakEnd' });
  p.inBreak = p.held = false;
  p.tail = !p.launching;
  p.troubled = true;
  if (hasPaused && !isEarly) goOn(p);
  p.turn(true);
  p.look();
}

function goOn(p: SimulatedPlayer): void {
  p.paused = false;
  p.emit('request', { by: 'play' });
  p.emit('play', { by: 'user' });
  p.look();
}

function finish(p: SimulatedPlayer): void {
  p.setOut();
  if (!p.moving || p.inBreak) return;
  p.duration = p.position + p.between(0, 600) * p.rate;
  p.pass((p.duration - p.position) / p.rate);
  if (p.seen < 2 || p.timerMs === BLIND_MS) p.look();
  p.ended = p.paused = true;
  p.turn();
  if (p.chance() < 0.3) p.look();
  p.emit('ended', {});
  p.look();
  stop(p, 'ended');
}

/** After its end the viewer goes back, and plays on from there. */
function rewind(p: SimulatedPlayer): void {
  if (!p.ended) return;
  const from = p.shown;
  p.ended = false;
  p.position = p.between(0, from / 2);
  p.emit('seek', { by: 'user', from, to: p.shown });
  p.look();
  p.pass(p.between(0, 500));
  request(p);
}

function fail(p: SimulatedPlayer): void {
  if (!p.running) return;
  p.setOut();
  p.look();
  p.emit('error', { fatal: true, category: 'media', code: 'broken' });
  if (p.counts.contentStarts + p.counts.ads > 0) p.counts.playFailures = 1;
  else p.counts.startFailures = 1;
  stop(p, 'failed');
  p.paused = true;
  p.look();
}

/** The player is gone, at whatever moment. */
export function detach(p: SimulatedPlayer): void {
  p.setOut();
  p.look();
  p.emit('detach', { reason: 'left' });
  if (p.running) stop(p, 'left');
}

function stop(p: SimulatedPlayer, kind: ExitKind): void {
  p.endStandstill();
  p.running = p.launching = p.inBreak = p.held = p.adPaused = p.tail = p.seeking = false;
  p.adPosition = p.seekingSince = undefined;
  p.landAt = Number.POSITIVE_INFINITY;
  p.turn();
  p.noteExit(kind);
}

export const ACTS = {
  starve,
  feed,
  stall,
  cry,
  pause,
  play,
  seek,
  jump,
  leap,
  loop,
  changeRate,
  hide,
  show,
  freeze,
  stun,
  sleep,
  breakForAds,
  finish,
  rewind,
  request,
  fail,
} as const satisfies { readonly [name: string]: Act };

/** What may happen before there is anything to play. */
export const EARLY_ACTS = { pause, play, placeEarly, breakForAds } as const satisfies {
  readonly [name: string]: Act;
};
