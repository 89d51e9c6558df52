// A live channel made of VOD segments: it began at a moment, each segment is there once it has wholly
// been broadcast, and a few seconds before the edge stay in the window, or all of an event. Pure.
import type { Track } from './ladder.ts';

export interface Channel {
  /** Epoch ms at which the first frame was broadcast: frame n is of `startedAt` + n frames. */
  readonly startedAt: number;
  /** Epoch ms. */
  readonly now: number;
  /** An event: all stays, and it grows. */
  readonly keepsAll: boolean;
}

/** How far back a viewer may seek, s. */
export const WINDOW_S = 16;

export interface LiveWindow {
  /** Number of the window's first segment. */
  readonly first: number;
  readonly segments: readonly {
    readonly uri: string;
    readonly seconds: number;
    /** Epoch ms at which its broadcast began. */
    readonly startMs: number;
  }[];
  /** The media has come to its end: nothing follows. */
  readonly over: boolean;
}

export function toWindow({ segments }: Track, { startedAt, now, keepsAll }: Channel): LiveWindow {
  let endMs = startedAt;
  const timed = segments.map((segment) => {
    const startMs = endMs;
    endMs += segment.seconds * 1000;
    return { ...segment, startMs: Math.round(startMs), endMs };
  });
  const there = timed.filter((segment) => segment.endMs <= now);
  const edge = there.at(-1)?.endMs ?? now;
  const since = keepsAll ? startedAt : edge - WINDOW_S * 1000 - 100;
  const within = there.filter((segment) => segment.startMs >= since);
  return {
    first: there.length - within.length,
    segments: within.map(({ uri, seconds, startMs }) => ({ uri, seconds, startMs })),
    over: there.length === timed.length,
  };
}
