// The documentation against what it documents: options, methods, privacy modes, links, and the names
// of the SDK that people come from.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PrivacyMode } from '@retour/player-sdk/contract';
import { describe, expect, it } from 'vitest';
import type { Context } from '../src/contract/context.ts';
import { toPermitted } from '../src/privacy.ts';

const ROOT = join(import.meta.dirname, '..');
const DOCS = join(ROOT, 'docs');
const OPTIONS = readFileSync(join(ROOT, 'src/options.ts'), 'utf8');

function readPage(name: string): string {
  return readFileSync(join(DOCS, name), 'utf8');
}

/** Members of an interface in options.ts. */
function membersOf(name: string): string[] {
  const body =
    new RegExp(`interface ${name} [^{]*\\{([\\s\\S]*?)^\\}`, 'm').exec(OPTIONS)?.[1] ?? '';
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)[?:(<]/gm)].map(([, member = '']) => member);
}

describe('options.md', () => {
  const page = readPage('options.md');

  it('has every option, and no other', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, option]) => option);
    expect(rows.sort()).toEqual([...membersOf('MonitorOptions'), ...membersOf('ViewFacts')].sort());
  });

  it('has every method of the monitor', () => {
    const missing = membersOf('Monitor').filter(
      (member) => !page.includes(`view.${member}`) && !page.includes(`**\`${member}\`**`),
    );
    expect(missing).toEqual([]);
  });
});

describe('README.md', () => {
  it('has the sizes that the budget has (-u writes them)', async () => {
    const budget = readFileSync(join(ROOT, 'size-budget.json'), 'utf8');
    const { reached }: { reached: Record<string, { gzip: number; brotli: number }> } =
      JSON.parse(budget);
    const rows = Object.entries(reached).map(
      ([name, { gzip, brotli }]) => `| ${name} | ${gzip} | ${brotli} |`,
    );
    const table = ['| | gzip | brotli |', '| --- | --- | --- |', ...rows].join('\n');
    const made = readFileSync(join(ROOT, 'README.md'), 'utf8').replace(
      /(<!-- generated: sizes -->\n)[\s\S]*?(<!-- end -->)/,
      (_, begin: string, end: string) => `${begin}${table}\n${end}`,
    );
    await expect(made).toMatchFileSnapshot('../README.md');
  });
});

describe('privacy.md', () => {
  const CTX: Context = {
    rev: 0,
    asset: { id: 'film-42' },
    player: { name: 'html5', adapter: 'html5' },
    privacy: 'consented',
    weight: 1,
    page: {
      origin: 'https://a.example',
      path: '/b?c=d',
      title: 'B',
      referrer: 'https://e.example',
    },
    device: {
      ...{ platform: 'Linux', mobile: false, model: 'X', language: 'fr' },
      ...{ screenWidth: 1, screenHeight: 1, pixelRatio: 1 },
    },
    connection: { type: 'wifi' },
    viewer: { id: 'v' },
    experiments: { a: 'b' },
    custom: { c: 'd' },
    recommendation: 'r',
    token: 't',
    drm: 'com.widevine.alpha',
  };
  const FIELDS: Readonly<Record<string, (ctx: Context) => unknown>> = {
    '`asset`, `player`, `drm`': ({ asset, player, drm }) => asset && player && drm,
    '`experiments`, `custom`, `recommendation`, `token`': (ctx) =>
      ctx.experiments && ctx.custom && ctx.recommendation && ctx.token,
    '`page.origin`': ({ page }) => page?.origin,
    '`page.path`': ({ page }) => page?.path,
    '`page.title`': ({ page }) => page?.title,
    '`page.referrer`': ({ page }) => page?.referrer,
    '`device.platform`': ({ device }) => device?.platform,
    '`device` screen size': ({ device }) =>
      device?.screenWidth && device.screenHeight && device.pixelRatio && device.language,
    '`device.model`': ({ device }) => device?.model,
    '`connection`': ({ connection }) => connection,
    '`viewer.id`': ({ viewer }) => viewer?.id,
  };
  const page = readPage('privacy.md');
  const modes: readonly PrivacyMode[] = ['none', 'exempt', 'consented'];

  it.each(Object.entries(FIELDS))('says of %s what each mode lets out', (field, read) => {
    const row = page.split('\n').find((line) => line.startsWith(`| ${field}`));
    const said = row
      ?.split('|')
      .slice(2, 5)
      .map((cell) => !/^ (no|never asked) $/.test(cell));
    expect(said).toEqual(modes.map((mode) => read(toPermitted(CTX, mode)) !== undefined));
  });

  it('says in which mode the path has its query', () => {
    const paths = modes.map((mode) => toPermitted(CTX, mode).page?.path);
    expect(paths).toEqual([undefined, '/b', '/b?c=d']);
    expect(page).toContain('| `page.path` | no | without query string | with query string |');
  });
});

describe('migrate-from-mux-embed.md', () => {
  it('names what mux-embed has', () => {
    const mux = dirname(createRequire(import.meta.url).resolve('mux-embed'));
    const types = readFileSync(join(mux, 'types/mux-embed.d.ts'), 'utf8');
    const names = readPage('migrate-from-mux-embed.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/\b[a-z]+(?:_\w+|[A-Z]\w+)\b/g)])
      .map(([name]) => name);
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(types))).toEqual([]);
  });
});

describe('the pages', () => {
  const read = (path: string) => readFileSync(path, 'utf8');
  /** As GitHub makes them of headings. */
  const anchorsOf = (path: string) =>
    [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\d _-]/gu, '')
        .replaceAll(' ', '-'),
    );

  it('link to what is there', () => {
    const pages = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
    const others = ['../README.md', '../CHANGELOG.md', '../ARCHITECTURE.md', '../../README.md'];
    const links = [...others, ...pages].flatMap((name) =>
      [...read(join(DOCS, name)).matchAll(/\]\(([^)#:]*)(?:#([^)]*))?\)/g)].map(
        ([, to = '', anchor]) => ({
          name,
          to,
          anchor,
          path: join(DOCS, to ? dirname(name) : name, to),
        }),
      ),
    );
    const broken = links.filter(
      ({ path, anchor }) =>
        !existsSync(path) || (anchor !== undefined && !anchorsOf(path).includes(anchor)),
    );
    expect(broken.map(({ name, to, anchor }) => `${name}: ${to}#${anchor}`)).toEqual([]);
    expect(links.filter(({ anchor }) => anchor !== undefined).length).toBeGreaterThan(5);
  });
});
