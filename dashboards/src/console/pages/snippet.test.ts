import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { toSnippet, WAYS } from './snippet.ts';

const sdk = new URL('../../../../player-sdk/', import.meta.url);
const entries: Record<string, unknown> = JSON.parse(
  readFileSync(new URL('package.json', sdk), 'utf8'),
).exports;
const players = WAYS.filter(({ way }) => way !== 'script');
const FACTS = { key: 'wk_1', endpoint: 'https://x.example/r' };

describe('toSnippet', () => {
  it('knows every adapter that the SDK has', () => {
    const adapters = readFileSync(new URL('size-budget.json', sdk), 'utf8').matchAll(
      /"core \+ (\w+)":/g,
    );
    expect(players.map(({ way }) => way).sort()).toEqual(
      [...new Set([...adapters].map(([, name]) => name))].sort(),
    );
  });
  it.each(players)('is three lines that name real entries of the SDK, for $title', ({ way }) => {
    const lines = toSnippet(way, FACTS).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain('key: "wk_1", endpoint: "https://x.example/r"');
    expect(entries).toHaveProperty([`./${way}`]);
    const adapter = readFileSync(new URL(`src/adapters/${way}.ts`, sdk), 'utf8');
    expect(adapter).toContain(`export function ${way}(`);
    const [, reader = way] = /^import \{ \w+ as (\w+) \}/.exec(lines[1] ?? '') ?? [];
    expect(lines[2]).toMatch(new RegExp(`^monitor\\(${reader}\\(\\w+\\), \\{`));
    expect(readFileSync(new URL('src/index.ts', sdk), 'utf8')).toMatch(/export \{[^}]*\bmonitor\b/);
  });
  it('queues for the script what the documentation queues, and monitors when it has come', () => {
    const text = toSnippet('script', FACTS);
    const documented = readFileSync(new URL('docs/script-tag.md', sdk), 'utf8');
    expect(documented).toContain(text.slice(0, text.indexOf('retour(function')));
    const monitored: unknown[] = [];
    runQueued(text, (adapter, options) => monitored.push(adapter, options));
    expect(monitored).toEqual(['html5 of video', { ...FACTS, asset: { id: 'my-video' } }]);
  });
  it('names adapters in the script that the script has', () => {
    const script = readFileSync(new URL('src/script.ts', sdk), 'utf8');
    for (const [, name] of toSnippet('script', FACTS).matchAll(/sdk\.(\w+)/g)) {
      expect(script).toContain(`\n  ${name},`);
    }
  });
  it.each(WAYS)('keeps what it is given inside its string, for $title', ({ way }) => {
    const hostile = { key: '"); alert(1); ("', endpoint: 'x\ny</script><script>alert(1)' };
    const text = toSnippet(way, hostile);
    expect(text).toContain(JSON.stringify(hostile.key));
    expect(text.split('\n')).toHaveLength(toSnippet(way, FACTS).split('\n').length);
    expect(text).not.toContain('<script>alert');
    if (way !== 'script') return;
    runQueued(text, (_, options) => expect(options).toMatchObject(hostile));
    expect.assertions(4);
  });
});

/** Runs the inline script, then what it has queued, as the script does when it has come. */
function runQueued(html: string, monitor: (adapter: string, options: unknown) => void): void {
  const page: Record<string, unknown> = { document: { querySelector: (found: string) => found } };
  page.window = page;
  runInNewContext(/<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '', page);
  const { q } = page.retour as { q: ((api: object) => void)[] }; // As the snippet makes it.
  for (const call of q) call({ html5: (video: string) => `html5 of ${video}`, monitor });
}
