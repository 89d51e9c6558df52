// Writes a metric's figure by its unit: the one formatter of the console. It never computes a metric.
import type { Unit } from '@retour/analytics/catalogue';
import { formatDuration } from './formatDuration.ts';
import { LOCALE, NONE } from './locale.ts';

/** A figure as read: the number large, the unit beside it. `unit` may be empty. */
export interface Figure {
  readonly number: string;
  readonly unit: string;
}

/** Above this a count is shortened (1.28M); below it every viewer is shown. */
const COMPACT_FROM = 1_000_000;

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
// British English writes a million as "m", which engineers read as milli or metres.
const compact = new Intl.NumberFormat('en', {
  notation: 'compact',
  maximumSignificantDigits: 3,
});
const byDigits = [0, 1, 2].map(
  (digits) =>
    new Intl.NumberFormat(LOCALE, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }),
);

/** The figure in two parts; a dash where there is none. */
export function toFigure(value: number | null | undefined, unit: Unit): Figure {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return { number: NONE, unit: '' };
  }
  switch (unit) {
    case 'count':
      return { number: formatCount(value), unit: '' };
    case 'perMinute':
      return { number: formatCount(value, 1), unit: '/min' };
    case 'perHour':
      return { number: formatNumber(value), unit: '/h' };
    case 'ms':
      return formatDuration(value);
    case 'percent':
      return { number: formatNumber(value), unit: '%' };
    case 'bitsPerSecond':
      return toBitrate(value);
  }
}

/** The figure in one line, for tables, axes and speech. */
export function formatFigure(value: number | null | undefined, unit: Unit): string {
  const figure = toFigure(value, unit);
  if (figure.unit === '') return figure.number;
  return `${figure.number}${figure.unit.startsWith('/') ? '' : '\u202f'}${figure.unit}`;
}

/** The figure on an axis: round numbers stay short (4 s, not 4.00 s; 0 without a unit). */
export function formatAxis(value: number, unit: Unit): string {
  if (value === 0) return '0';
  return formatFigure(value, unit)
    .replace(/(\.\d*?)0+(?!\d)/, '$1')
    .replace(/\.(?!\d)/, '');
}

/** A count: whole where it is one, shortened only when it is very large. */
export function formatCount(value: number, digits: 0 | 1 = 0): string {
  if (Math.abs(value) >= COMPACT_FROM) return compact.format(value);
  if (digits === 1 && Math.abs(value) < 100 && !Number.isInteger(value)) return fixed(value, 1);
  return whole.format(value);
}

/** Bit/s as people say them: kb/s, Mb/s. */
export function toBitrate(bitsPerSecond: number): Figure {
  const size = Math.abs(bitsPerSecond);
  if (size >= 1e9) return { number: fixed(bitsPerSecond / 1e9, 2), unit: 'Gb/s' };
  if (size >= 1e6) return { number: fixed(bitsPerSecond / 1e6, size >= 1e8 ? 0 : 1), unit: 'Mb/s' };
  if (size >= 1e3) return { number: fixed(bitsPerSecond / 1e3, 0), unit: 'kb/s' };
  return { number: fixed(bitsPerSecond, 0), unit: 'b/s' };
}

/** Three significant places are enough for a ratio: 0.42, 4.2, 42.0, 100. */
function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (value === 0) return '0';
  if (size < 0.005) return '<\u202f0.01';
  if (size >= 99.95) return whole.format(value);
  return fixed(value, size < 10 ? 2 : 1);
}

function fixed(value: number, digits: 0 | 1 | 2): string {
  return (byDigits[digits] ?? whole).format(value);
}
