// Reads the tokens as they ship and holds their pairs against WCAG 2.2, 1.4.3 and 1.4.11.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, [light, dark] as const],
  ),
);

const TEXT = ['text', 'muted', 'accent', 'ok', 'warn', 'bad'];
const GROUNDS = ['bg', 'surface', 'raised', 'hover', 'sunken'];
const PAIRS: [string, string, number][] = [
  ...TEXT.flatMap((text) => GROUNDS.map((ground): [string, string, number] => [text, ground, 4.5])),
  ['ok', 'ok-wash', 4.5],
  ['warn', 'warn-wash', 4.5],
  ['bad', 'bad-wash', 4.5],
  ['text', 'bad-wash', 4.5],
  ['text', 'selected', 4.5],
  ['muted', 'bad-wash', 4.5],
  ['muted', 'selected', 4.5],
  ['on-accent', 'accent', 4.5],
  ['border-strong', 'surface', 3],
  ...[1, 2, 3, 4, 5, 6].map((n): [string, string, number] => [`series-${n}`, 'surface', 3]),
  ['state-playing', 'surface', 3],
  ['state-stalled', 'surface', 3],
  ['state-starting', 'surface', 3],
];

describe('tokens', () => {
  it.each(PAIRS)('%s on %s has contrast %d in both themes', (ink, ground, least) => {
    for (const theme of [0, 1] as const) {
      const contrast = contrastOf(colourOf(ink, theme), colourOf(ground, theme));
      expect(contrast, theme === 0 ? 'light' : 'dark').toBeGreaterThanOrEqual(least);
    }
  });
});

function colourOf(token: string, theme: 0 | 1): string {
  const pair = tokens.get(token);
  if (pair === undefined) throw new Error(`no token ${token} with two themes`);
  return pair[theme];
}

function contrastOf(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
