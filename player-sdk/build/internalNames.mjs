// Which property names are nobody's but ours, so that the build may shorten them. A name is left as
// it is wherever anything outside could read it: the wire, the public API, the DOM, a player, a text.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/** Rooms that see only our own records: they compile without the DOM and import no player. */
const PURE =
  /^(meter\/|outbox\/|contract\/(slice|summary|delivery)\.ts$|(session|view|views|uplink|labels|assembleBeacons|toContext|followPage|pageEvents)\.ts$)/;

/** What strangers read or write: the wire, the options, the border of foreign adapters, stored records. */
const PUBLIC =
  /^(contract\/(?!slice\.ts|summary\.ts|delivery\.ts|positions\.ts|rebase\.ts)|options\.ts|adapters\/adapter\.ts|platform\/offline|(index|offline|react|element|videojsPlugin)\.tsx?$)/;

/** Records of ours that live in rooms which touch the DOM or a player. All others there are strangers'. */
const OWN_RECORDS =
  /^(Platform|Clock|ClockOptions|BrowserTransport|ErrorBoundary|Wired|Scope|Reach|Delivery|Requests|Request|Making|Watched|Hooks|Delivered|Fault|Box)$/;

/** What plays: every word of their declarations is theirs. */
const PLAYERS = ['hls.js', 'dashjs', 'shaka-player', 'video.js'];

const require = createRequire(import.meta.url);

/**
 * @param {string} src The folder of the sources.
 * @returns {Set<string>} The names that may be shortened, in all browser bundles alike.
 */
export function findInternalNames(src) {
  const own = new Set();
  const kept = readLanguageNames();
  const touching = new Set();
  const patterns = [];
  for (const path of listSources(src)) {
    const found = readNames(readFileSync(join(src, path), 'utf8'));
    const isPublic = PUBLIC.test(path);
    const isPure = PURE.test(path);
    for (const { name, members } of found.records) {
      const isOwn = !isPublic && (isPure || OWN_RECORDS.test(name));
      for (const member of members) (isOwn ? own : kept).add(member);
    }
    if (!isPure && !isPublic) putAll(touching, found.used);
    putAll(kept, found.texts);
    patterns.push(...found.patterns);
  }
  const foreign = readForeignNames();
  const isKept = (name) =>
    kept.has(name) ||
    (touching.has(name) && foreign.has(name)) ||
    patterns.some((pattern) => pattern.test(name));
  return new Set([...own].filter((name) => name.length > 1 && !isKept(name)));
}

/** The names that a source file declares, uses, and writes as texts. */
function readNames(code) {
  const records = [];
  const used = new Set();
  const texts = new Set();
  const patterns = [];
  walk(parseAst(code, { lang: 'ts' }), undefined);
  return { records, used, texts, patterns };

  function walk(node, record) {
    if (Array.isArray(node)) for (const each of node) walk(each, record);
    if (typeof node?.type !== 'string') return;
    let inner = record;
    switch (node.type) {
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        inner = { name: node.id.name, members: new Set() };
        records.push(inner);
        break;
      case 'TSTypeLiteral':
        if (record === undefined) {
          inner = { name: '', members: new Set() };
          records.push(inner);
        }
        break;
      case 'VariableDeclarator':
        if (/_POSITIONS$/.test(node.id.name)) return; // Servers read the tables; browsers the empty rows.
        putEmpty(node.id.name, node.init);
        break;
      case 'TSPropertySignature':
      case 'TSMethodSignature':
        record?.members.add(node.key.name ?? String(node.key.value));
        break;
      case 'Property':
        if (!node.computed) used.add(node.key.name ?? String(node.key.value));
        break;
      case 'MemberExpression':
        if (!node.computed) used.add(node.property.name);
        break;
      case 'Literal':
        if (typeof node.value === 'string') texts.add(node.value);
        break;
      case 'TemplateLiteral':
      case 'TSTemplateLiteralType':
        putPattern(node.quasis.map(({ value }) => value.cooked));
        break;
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'type') walk(value, inner);
  }

  /** An empty row, or the function that makes one. */
  function putEmpty(name, init) {
    if (!/^(EMPTY_|createSlice$|createSummary$)/.test(name)) return;
    const made = init.body ?? init;
    const { properties } = made.expression ?? made;
    if (properties) records.push({ name, members: properties.map(({ key }) => key.name) });
  }

  /** `${state}Ms` may name a property; a text with other characters cannot. */
  function putPattern(parts) {
    if (parts.some((part) => /[^\w$]/.test(part)) || parts.every((part) => part === '')) return;
    patterns.push(new RegExp(`^${parts.join('\\w+')}$`));
  }
}

/** What every value of the language has. */
function readLanguageNames() {
  const names = new Set(['constructor', 'prototype', '__proto__']);
  for (const key of Object.getOwnPropertyNames(globalThis)) {
    if (!/^[A-Z]/.test(key)) continue;
    const value = globalThis[key];
    if (value === null || !/^(function|object)$/.test(typeof value)) continue;
    putAll(names, Object.getOwnPropertyNames(value));
    if (value.prototype) putAll(names, Object.getOwnPropertyNames(value.prototype));
  }
  return names;
}

/** What browsers and players declare. */
function readForeignNames() {
  const files = [join(findPackage('terser'), 'tools/domprops.js')];
  for (const player of PLAYERS) {
    const root = findPackage(player);
    for (const file of readdirSync(root, { recursive: true })) {
      if (file.endsWith('.d.ts') && !file.includes('node_modules')) files.push(join(root, file));
    }
  }
  const names = new Set();
  for (const file of files) putAll(names, readFileSync(file, 'utf8').match(/[\w$]+/g) ?? []);
  return names;
}

/** Not every package lets its own package.json be resolved. */
function findPackage(name) {
  const folders = (require.resolve.paths(name) ?? []).map((folder) => join(folder, name));
  const found = folders.find((folder) => existsSync(folder));
  if (found === undefined) throw new Error(`${name} is not installed: run npm ci.`);
  return found;
}

function listSources(src) {
  return readdirSync(src, { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter(
      (path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|^contract\/(schema|examples)\//.test(path),
    );
}

function putAll(set, values) {
  for (const value of values) set.add(value);
}
