// Writes durations and content positions: 840 ms, 1.84 s, 2 min 04 s, 01:23:45.678.
import type { Figure } from './formatFigure.ts';
import { LOCALE } from './locale.ts';

const seconds = [0, 1, 2].map(
  (digits) =>
    new Intl.NumberFormat(LOCALE, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }),
);
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

/** A duration in the unit that keeps it short; from a minute on the second unit is in the number. */
export function formatDuration(ms: number): Figure {
  const size = Math.abs(ms);
  if (size < 999.5) return { number: whole.format(ms), unit: 'ms' };
  if (size < 9_995) return { number: inSeconds(ms, 2), unit: 's' };
  if (size < 59_950) return { number: inSeconds(ms, 1), unit: 's' };
  const total = Math.round(ms / 1000);
  if (total < 3600) {
    return { number: `${Math.floor(total / 60)}:${two(total % 60)}`, unit: 'min' };
  }
  return {
    number: `${whole.format(Math.floor(total / 3600))}:${two(Math.floor(total / 60) % 60)}`,
    unit: 'h',
  };
}

/** A duration in one line. */
export function durationText(ms: number): string {
  const { number, unit } = formatDuration(ms);
  return `${number}\u202f${unit}`;
}

/** A place in the content: 0:04.250, 12:04.250, 1:02:04.250. */
export function formatPosition(ms: number): string {
  const total = Math.max(0, Math.round(ms));
  const rest = `${two(Math.floor(total / 1000) % 60)}.${String(total % 1000).padStart(3, '0')}`;
  const minutes = Math.floor(total / 60_000);
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

function inSeconds(ms: number, digits: 1 | 2): string {
  return (seconds[digits] ?? whole).format(ms / 1000);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
