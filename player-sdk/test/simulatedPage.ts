// What may happen to the page and the device while a simulated player plays, each with its truth.
import { EPOCH } from './screening.ts';
import { BLIND_MS, type SimulatedPlayer } from './simulatedPlayer.ts';

export function hide(p: SimulatedPlayer): void {
  if (p.hidden) return;
  p.runOut();
  p.look();
  p.hidden = true;
  // Without a word of the player nobody can tell a stall from a frozen page.
  p.timerMs = p.habits.says && !p.inBreak && p.chance() < 0.3 ? BLIND_MS : 1_000;
  if (p.state === 'stalled' && p.timerMs === BLIND_MS) p.sayWaiting();
  p.emit('visibility', { hidden: true });
  p.emit('detach', { reason: 'hidden' });
  if (p.running) p.noteExit('hidden');
  p.seen = 0;
}

export function show(p: SimulatedPlayer): void {
  if (!p.hidden) return;
  p.look();
  p.hidden = false;
  p.timerMs = 0;
  p.nextLookAt = Math.min(p.nextLookAt, p.at + p.between(0, 250));
  p.emit('visibility', { hidden: false });
  if (p.running) p.noteExit('none');
  p.seen = 0;
}

/** The page is frozen, and says so. */
export function freeze(p: SimulatedPlayer): void {
  if (!p.running) return;
  p.runOut();
  p.look();
  p.emit('suspend', {});
  liveNothing(p, p.between(300, 100_000));
  p.emit('resume', {});
  p.resumedAt = p.at;
  p.nextLookAt = p.paused && !p.seeking ? Number.POSITIVE_INFINITY : p.at + p.between(0, 250);
}

/** No code runs, and nothing tells of it but that nobody looked. */
export function stun(p: SimulatedPlayer): void {
  p.runOut();
  if (!p.moving || p.inBreak) return;
  p.look();
  liveNothing(p, p.between(2_001, 100_000));
  p.look();
  p.runOut();
}

function liveNothing(p: SimulatedPlayer, ms: number): void {
  if (!p.isStall) p.endStandstill();
  p.frozen = true;
  p.turn();
  p.pass(ms, false);
  p.landAt += ms;
  p.frozen = false;
  p.turn();
}

/** The device sleeps, and its monotonic clock with it. */
export function sleep(p: SimulatedPlayer): void {
  if (!p.running) return;
  p.pass(p.between(0, 200));
  p.runOut();
  if (p.stoodMs > 0 || p.timerMs === BLIND_MS) p.look();
  if (!p.isStall) p.endStandstill();
  const gapMs = p.between(2_001, 100_000);
  p.times.suspended += gapMs;
  if (p.hidden) p.counts.hiddenMs += gapMs;
  p.sleptMs += gapMs;
  p.stretches += 1;
  const time = EPOCH + p.at + p.sleptMs;
  p.emit('clock', { time, source: 'server', discontinuity: true, gapMs });
  p.look();
}
