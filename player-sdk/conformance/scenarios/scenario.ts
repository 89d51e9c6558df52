// What a scenario is: a script, and what is known beside what can be seen of it.
import type { Known, Metric, Source, Truth, Value } from '../metrics.ts';
import type { Rule } from '../origin/origin.ts';
import type { PlayerName } from '../page/pageSdk.ts';
import type { Stage } from '../stage.ts';
import type { Must } from './must.ts';

export interface Scenario {
  readonly name: string;
  /** One sentence: what the viewer does and what goes wrong. */
  readonly title: string;
  /** Made for these only; all five unless given. */
  readonly players?: readonly PlayerName[];
  /** Players that cannot play it, and why: the report says so. */
  readonly without?: Partial<Record<PlayerName, string>>;
  /** The viewer leaves at its end, unless the script let him leave before. */
  run(stage: Stage): Promise<void>;
  /** By the autoplay attribute, with what the browser lets autoplay. */
  readonly autoplays?: boolean;
  readonly loops?: boolean;
  /** Its page is hidden meanwhile. */
  readonly hides?: boolean;
  /** Nobody has seen its page when the script begins: a tab that was opened in the background. */
  readonly unseen?: boolean;
  /** The viewer leaves the page and comes back: the browser may keep it meanwhile. */
  readonly returns?: boolean;
  /** An ad that is part of the content, in seconds of it. */
  readonly inserted?: { readonly fromS: number; readonly toS: number };
  /** Of each view, in their order: what must have happened. A cell without it was not played. */
  readonly must?: readonly Must[];
  /** Metrics of which nothing from outside can tell in this scenario. */
  readonly untold?: readonly Metric[];
  /** The same, on one player. */
  readonly untoldOn?: Partial<Record<PlayerName, readonly Metric[]>>;
  /** What is known beside what was seen, once the viewer has left. */
  readonly known?: (stage: Stage) => Truth | Promise<Truth>;
}

/** All that comes after these seconds of content waits for release(). */
export function holdAfter(seconds: number, tracks: 'all' | 'sound' | 'picture' = 'all'): Rule {
  return ({ path, fromByte, sizeBytes }) => {
    const [, track, number] = /\/(\w+)\/(\d{3})\.m4s$/.exec(path) ?? [];
    if (number !== undefined) {
      if (tracks !== 'all' && (tracks === 'sound') !== (track === 'sound')) return undefined;
      return Number(number) * SEGMENT_S >= seconds ? { holdFrom: 0 } : undefined;
    }
    if (!path.endsWith('.mp4') || path.includes('init')) return undefined;
    const until = (sizeBytes * seconds) / CONTENT_S;
    return { holdFrom: Math.max(0, (until - fromByte) / (sizeBytes - fromByte)) };
  };
}

/** @throws Error where the picture has moved before somebody played it. */
export async function checkStands(stage: Stage): Promise<void> {
  const { length } = await stage.seen();
  if (length > 1) throw new Error(`The picture moved before it was played: ${length} frames.`);
}

export function toKnown(value: Value, from: Source = 'script'): Known {
  return { value, resolution: 0, from };
}

/** Of the kit's media. */
export const SEGMENT_S = 2;
export const CONTENT_S = 40;

export function isSegment(path: string): boolean {
  return /\/\d{3}\.m4s$/.test(path);
}
