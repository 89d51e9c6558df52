// The public API as it stands: a report that a change must update (`api/player-sdk.api.md`), and one
// page of documentation for each entry (`docs/api/`), both made from the sources.
// `node build/api.mjs` fails where they differ from what is committed; `--update` writes them.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { parseAst } from 'rolldown/parseAst';
import { toPages } from './apiPages.mjs';
import { BROWSER_ENTRIES } from './entries.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** @returns {Record<string, string>} Every file that is generated: its path in the package → its text. */
export function generateApi() {
  const work = mkdtempSync(join(tmpdir(), 'retour-api-'));
  try {
    emitDeclarations(work);
    const entries = Object.fromEntries(
      Object.entries(BROWSER_ENTRIES).map(([subpath, source]) => [subpath, listExports(source)]),
    );
    extract(work);
    const report = readFileSync(join(work, 'player-sdk.api.md'), 'utf8');
    const model = JSON.parse(readFileSync(join(work, 'player-sdk.api.json'), 'utf8'));
    const files = { 'api/player-sdk.api.md': `${toTable(entries)}\n${report}` };
    for (const [name, text] of Object.entries(toPages(model, entries))) {
      files[`docs/api/${name}`] = text;
    }
    return files;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What is committed and no longer true, or missing; by path. */
export function findDrift(files) {
  const drift = Object.keys(files).filter((path) => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== files[path];
  });
  const pages = existsSync(join(root, 'docs/api')) ? readdirSync(join(root, 'docs/api')) : [];
  return [...drift, ...pages.map((name) => `docs/api/${name}`).filter((path) => !(path in files))];
}

function emitDeclarations(work) {
  const require = createRequire(import.meta.url);
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const config = join(root, 'tsconfig.build.json');
  execFileSync(process.execPath, [tsc, '-p', config, '--outDir', join(work, 'types')], {
    stdio: 'inherit',
  });
  // The extractor follows modules by the ending that they have when they run.
  for (const file of readdirSync(join(work, 'types'), { recursive: true })) {
    if (!file.endsWith('.d.ts')) continue;
    const path = join(work, 'types', file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/(from '|import\(')(\.[^']*)\.ts'/g, "$1$2.js'"));
  }
  const lines = Object.values(BROWSER_ENTRIES).map(
    (source) => `export * from '${source.replace('./src/', './').replace(/\.ts$/, '.js')}';`,
  );
  writeFileSync(join(work, 'types/all.d.ts'), `${lines.join('\n')}\n`);
}

/** The names that an entry exports. */
function listExports(source) {
  const { body } = parseAst(readFileSync(join(root, source), 'utf8'), { lang: 'ts' });
  return body
    .filter(({ type }) => type === 'ExportNamedDeclaration')
    .flatMap(({ declaration, specifiers }) =>
      declaration
        ? (declaration.declarations ?? [declaration]).map(({ id }) => id.name)
        : specifiers.map(({ exported }) => exported.name),
    );
}

function extract(work) {
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: work,
      mainEntryPointFilePath: join(work, 'types/all.d.ts'),
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'ES2022',
            lib: ['ES2023', 'DOM', 'DOM.Iterable'],
            module: 'ESNext',
            moduleResolution: 'Bundler',
            skipLibCheck: true,
            types: [],
            paths: {
              '*': [join(root, '../node_modules/@types/*'), join(root, '../node_modules/*')],
            },
          },
          include: [join(work, 'types/all.d.ts')],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: 'player-sdk',
        reportFolder: work,
        reportTempFolder: join(work, 'temp'),
        includeForgottenExports: true,
      },
      docModel: {
        enabled: true,
        apiJsonFilePath: join(work, 'player-sdk.api.json'),
        includeForgottenExports: true,
      },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'none' } },
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
    packageJsonFullPath: join(root, 'package.json'),
    configObjectFullPath: undefined,
  });
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel !== 'error') message.handled = true;
    },
  });
}

function toTable(entries) {
  const rows = Object.entries(entries).map(
    ([subpath, names]) => `| \`${subpath}\` | ${names.sort().join(', ')} |`,
  );
  return ['| entry | exports |', '| --- | --- |', ...rows, ''].join('\n');
}

if (import.meta.filename === argv[1]) {
  const files = generateApi();
  if (argv.includes('--update')) {
    rmSync(join(root, 'docs/api'), { recursive: true, force: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  } else {
    const drift = findDrift(files);
    if (drift.length > 0) {
      console.error(
        `The API changed; npm run api -w @retour/player-sdk writes:\n${drift.join('\n')}`,
      );
      process.exitCode = 1;
    }
  }
}
