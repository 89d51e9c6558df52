// Writes moments in the property's time zone, and in UTC for those who compare logs.
import { LOCALE } from './locale.ts';

/** How much of the moment is written. */
export type TimeStyle = 'minute' | 'second' | 'ms' | 'dayMinute' | 'full';

const OPTIONS: Readonly<Record<TimeStyle, Intl.DateTimeFormatOptions>> = {
  minute: { hour: '2-digit', minute: '2-digit' },
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  ms: { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 },
  dayMinute: { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' },
  full: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  },
};

/** Formats are dear to make: one per zone and style, both few. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment in a time zone; an unknown zone falls back to UTC and says so by its name. */
export function formatTime(atMs: number, timeZone: string, style: TimeStyle): string {
  return formatOf(timeZone, style).format(atMs);
}

/** The same moment for machines and logs: 2026-11-21T03:21:15.000Z. */
export function utcText(atMs: number): string {
  return Number.isFinite(atMs) && Math.abs(atMs) <= 8.64e15 ? new Date(atMs).toISOString() : '';
}

/** The zone itself when the engine knows it, else UTC. */
export function knownTimeZone(timeZone: string): string {
  try {
    new Intl.DateTimeFormat(LOCALE, { timeZone });
    return timeZone;
  } catch (error) {
    if (error instanceof RangeError) return 'UTC';
    throw error;
  }
}

function formatOf(timeZone: string, style: TimeStyle): Intl.DateTimeFormat {
  const key = `${style} ${timeZone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(LOCALE, {
    ...OPTIONS[style],
    timeZone: knownTimeZone(timeZone),
    hourCycle: 'h23',
  });
  formats.set(key, made);
  return made;
}
