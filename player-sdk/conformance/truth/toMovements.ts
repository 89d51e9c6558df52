// When the picture moved: spans in which every frame came at its time, and the frames that stood after a
// jump. Pure.
import type { Seen } from './watchBarcode.ts';

/** The picture moved from here to there, without standing still for as long as a stall. */
export interface Movement {
  /** Where the line begins on which its frames lie, each at its time. */
  readonly from: number;
  readonly to: number;
  /** Shown in it, skipped ones included. */
  readonly frames: number;
  /** It began at a place that the picture had jumped to. */
  readonly landed: boolean;
}

export interface Movements {
  readonly movements: readonly Movement[];
  /** When the picture jumped: the first frame at another place was seen. */
  readonly landings: readonly number[];
}

export interface MovementOptions {
  readonly seen: readonly Seen[];
  readonly since: number;
  readonly until: number;
  /** Wall time of one frame at this moment, ms: less when it is played faster. */
  readonly frameMsAt: (at: number) => number;
  /** Frames of the whole content, where it plays in a loop. */
  readonly loopFrames?: number;
}

/** Without progress for that long, the picture stands (design: 250 ms). */
export const STILL_MS = 250;
/** A picture that is this much further than it could have played has jumped, ms of content. */
const JUMP_MS = 500;
/** Frames that tell where a movement began: the screen draws each up to a refresh late, not all alike. */
const LINE_FRAMES = 50;

export function toMovements(options: MovementOptions): Movements {
  const { seen, since, until, frameMsAt, loopFrames = 0 } = options;
  const movements: { -readonly [K in keyof Movement]: Movement[K] }[] = [];
  const landings: number[] = [];
  /** Of each movement: when it would have begun, by each of its first frames. */
  const begins: number[][] = [];
  let moving = false;
  let landedAt: number | undefined;
  seen.forEach(([at, frame], i) => {
    if (at < since || at > until) return;
    const [before = Number.NEGATIVE_INFINITY, last = frame] = seen[i - 1] ?? [];
    const frameMs = frameMsAt(at);
    const step = frame - last;
    const frames = step < 0 && loopFrames > 0 ? step + loopFrames : step;
    if (frames <= 0 || (frames - 1) * frameMs > (at - before) * 1.1 + JUMP_MS) {
      landedAt = at;
      landings.push(at);
      moving = false;
      return;
    }
    const begin = Math.max(before, at - frames * frameMs, since);
    const current = movements.at(-1);
    if (moving && current && begin - before < STILL_MS) {
      current.to = at + frameMs;
      current.frames += frames;
      if (current.frames <= LINE_FRAMES) begins.at(-1)?.push(at - current.frames * frameMs);
      return;
    }
    movements.push({ from: begin, to: at + frameMs, frames, landed: landedAt !== undefined });
    begins.push([begin]);
    moving = true;
    landedAt = undefined;
  });
  movements.forEach((movement, i) => {
    movement.from = Math.max(since, toLine(begins[i] ?? [], frameMsAt(movement.from)));
  });
  return { movements, landings };
}

/** The mean of all, where the first is one of them: else the picture stuttered, or was played faster. */
function toLine(begins: readonly number[], frameMs: number): number {
  const [first = Number.NaN] = begins;
  const near = begins.filter((begin) => Math.abs(begin - first) <= frameMs);
  if (near.length < begins.length * 0.9) return first;
  return near.reduce((sum, begin) => sum + begin, 0) / near.length;
}
