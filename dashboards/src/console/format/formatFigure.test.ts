import type { Unit } from '@retour/analytics/catalogue';
import { describe, expect, it } from 'vitest';
import { formatAxis, formatFigure, toFigure } from './formatFigure.ts';

const check = (value: number | null | undefined, unit: Unit, text: string): void => {
  it(`${value} in ${unit} reads "${text}"`, () => {
    expect(formatFigure(value, unit).replaceAll('\u202f', ' ')).toBe(text);
  });
};

describe('formatFigure', () => {
  check(null, 'count', '–');
  check(undefined, 'ms', '–');
  check(Number.NaN, 'percent', '–');
  check(Number.POSITIVE_INFINITY, 'percent', '–');
  check(0, 'count', '0');
  check(12_483, 'count', '12,483');
  check(999_999, 'count', '999,999');
  check(1_284_000, 'count', '1.28M');
  check(612.4, 'perMinute', '612/min');
  check(0.2, 'perMinute', '0.2/min');
  check(840, 'ms', '840 ms');
  check(999.6, 'ms', '1.00 s');
  check(1_840, 'ms', '1.84 s');
  check(12_340, 'ms', '12.3 s');
  check(59_970, 'ms', '1:00 min');
  check(3_600_000, 'ms', '1:00 h');
  check(0, 'percent', '0 %');
  check(0.001, 'percent', '< 0.01 %');
  check(0.214, 'percent', '0.21 %');
  check(4.126, 'percent', '4.13 %');
  check(42.04, 'percent', '42.0 %');
  check(99.96, 'percent', '100 %');
  check(100, 'percent', '100 %');
  check(5_240_000, 'bitsPerSecond', '5.2 Mb/s');
  check(800_000, 'bitsPerSecond', '800 kb/s');
  check(1.4, 'perHour', '1.40/h');
});

describe('toFigure', () => {
  it('keeps the unit apart from the number', () => {
    expect(toFigure(612, 'perMinute')).toEqual({ number: '612', unit: '/min' });
  });
});

describe('formatAxis', () => {
  const cases: [number, Unit, string][] = [
    [0, 'ms', '0'],
    [4_000, 'ms', '4 s'],
    [2_500, 'ms', '2.5 s'],
    [500, 'ms', '500 ms'],
    [0.25, 'percent', '0.25 %'],
    [0.5, 'percent', '0.5 %'],
    [10, 'percent', '10 %'],
    [10_000, 'count', '10,000'],
    [600, 'perMinute', '600/min'],
  ];
  it.each(cases)('%d in %s reads %s', (value, unit, text) => {
    expect(formatAxis(value, unit).replaceAll('\u202f', ' ')).toBe(text);
  });
});
