// Which lines were written a short while ago: a context or a title that comes with every beacon is
// inserted once. Forgetting costs a repeated row and nothing else; lines count only once written.

export interface RecentLines {
  /** The lines that were not written lately, each once. */
  fresh(lines: Iterable<string>): string[];
  written(lines: readonly string[]): void;
}

/** Property (40) and view (36), or a label's id, cut where it is very long. */
const KEY_CHARS = 120;

/** @param most lines that are remembered, by some 150 bytes each; the oldest are forgotten. */
export function createRecentLines(most: number): RecentLines {
  const recent = new Set<string>();
  return {
    fresh(lines) {
      const found = new Map<string, string>();
      for (const line of lines) {
        const key = toKey(line);
        if (!recent.has(key)) found.set(key, line);
      }
      return [...found.values()];
    },
    written(lines) {
      for (const line of lines) recent.add(toKey(line));
      for (const key of recent) {
        if (recent.size <= most) break;
        recent.delete(key);
      }
    },
  };
}

/**
 * The beginning has property and view or id, the end the version: a hash of all that stands between.
 */
function toKey(line: string): string {
  return line.slice(0, KEY_CHARS) + line.slice(line.lastIndexOf(','));
}
