// Bundles the kit's page with the SDK under test and the players, from whatever is installed: the page
// script and the players are looked for as any page's bundler would.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import type { Resource } from '../origin/origin.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
/** Of this file's own kind: sources, or what was built from them. */
const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
/** Where a viewer goes who turns to another page. */
export const AWAY = '/elsewhere';
const ENTRY = 'conformance:page';

/** URL path → resource: `/` is the page, AWAY another one. */
export type Page = ReadonlyMap<string, Resource>;

/** @param pageScript Path of the module that exports `pageSdk`. */
export async function bundlePage(pageScript: string): Promise<Page> {
  const kit = join(HERE, `kit${EXTENSION}`);
  const source = `import { openKit } from ${JSON.stringify(kit)};
import { pageSdk } from ${JSON.stringify(pageScript)};
openKit(pageSdk);`;
  const bundle = await rolldown({
    input: ENTRY,
    platform: 'browser',
    logLevel: 'silent',
    // From sources, the SDK's own sources; else what is built, as an adopter gets it.
    ...(EXTENSION === '.ts' && {
      resolve: { conditionNames: ['retour-source', 'import', 'default'] },
    }),
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      {
        name: 'conformance-entry',
        resolveId: (id) => (id === ENTRY ? id : undefined),
        load: (id) => (id === ENTRY ? source : undefined),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'esm', entryFileNames: 'page.js' });
  await bundle.close();
  const page = new Map<string, Resource>([
    ['/', { type: 'text/html; charset=utf-8', body: Buffer.from(PAGE) }],
    [AWAY, { type: 'text/html; charset=utf-8', body: Buffer.from('<!doctype html>Elsewhere') }],
  ]);
  for (const file of output) {
    const code = file.type === 'chunk' ? file.code : file.source;
    page.set(`/${file.fileName}`, { type: 'text/javascript', body: Buffer.from(code) });
  }
  return page;
}

const PAGE = `<!doctype html>
<meta charset="utf-8">
<title>Conformance</title>
<link rel="icon" href="data:,">
<style>body { margin: 0; background: #111 } video { display: block }</style>
<body><script type="module" src="/page.js"></script></body>
`;
