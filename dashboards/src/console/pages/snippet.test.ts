import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PLAYERS, toSnippet } from './snippet.ts';

const sdk = new URL('../../../../player-sdk/', import.meta.url);
const entries: Record<string, unknown> = JSON.parse(
  readFileSync(new URL('package.json', sdk), 'utf8'),
).exports;

describe('toSnippet', () => {
  it.each(PLAYERS)('is three lines that name real entries of the SDK, for $title', ({ kind }) => {
    const lines = toSnippet(kind, { key: 'wk_1', endpoint: 'https://x.example/r' }).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain('key: "wk_1", endpoint: "https://x.example/r"');
    expect(entries).toHaveProperty([`./${kind}`]);
    const adapter = readFileSync(new URL(`src/adapters/${kind}.ts`, sdk), 'utf8');
    expect(adapter).toContain(`export function ${kind}(`);
    expect(readFileSync(new URL('src/index.ts', sdk), 'utf8')).toMatch(/export \{[^}]*\bmonitor\b/);
  });
  it('keeps what it is given inside its string', () => {
    const text = toSnippet('html5', { key: '"); alert(1); ("', endpoint: 'x\ny' });
    expect(text).toContain(JSON.stringify('"); alert(1); ("'));
    expect(text.split('\n')).toHaveLength(3);
  });
});
