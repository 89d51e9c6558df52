// Turns the extractor's model of the API into pages of Markdown, one for each entry of the package and
// one for what several of them name.

const SHARED = 'shared.md';

/** @returns {Record<string, string>} File name → text. */
export function toPages(model, entries) {
  // The extractor numbers what has the name of a package that it is made from: `dashjs_2`.
  const items = model.members[0].members.map((item) =>
    Object.assign(item, { name: item.name.replace(/_\d+$/, '') }),
  );
  const owner = new Map();
  for (const [subpath, names] of Object.entries(entries)) {
    for (const name of names) if (!owner.has(name)) owner.set(name, subpath);
  }
  const pages = {};
  for (const subpath of Object.keys(entries)) {
    const own = items.filter(({ name }) => owner.get(name) === subpath);
    pages[toFile(subpath)] = toPage(toImport(subpath), own);
  }
  const rest = items.filter(({ name }) => !owner.has(name));
  pages[SHARED] = toPage('Named by several entries', rest);
  const links = Object.entries(entries).map(
    ([subpath, names]) =>
      `- [\`${toImport(subpath)}\`](${toFile(subpath)}): ${names.map(toCode).join(', ')}`,
  );
  pages['README.md'] = [
    '# The API of the player SDK',
    '',
    'Made from the sources by `npm run api -w @retour/player-sdk`; do not edit.',
    '',
    ...links,
    `- [Named by several entries](${SHARED})`,
    '',
  ].join('\n');
  return pages;
}

function toFile(subpath) {
  return subpath === '.' ? 'monitor.md' : `${subpath.slice(2).replaceAll('/', '-')}.md`;
}

function toImport(subpath) {
  return `@retour/player-sdk${subpath.slice(1)}`;
}

function toCode(text) {
  return `\`${text}\``;
}

/** Functions first: they are what is called; then the shapes that they take and give. */
function toPage(title, items) {
  const rank = ({ kind }) => (kind === 'Function' ? 0 : 1);
  const sorted = [...items].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  const lines = [`# ${title.startsWith('@') ? toCode(title) : title}`, ''];
  for (const item of sorted) lines.push(...toSection(item));
  return `${lines.join('\n').trimEnd()}\n`;
}

function toSection(item) {
  const lines = [`## ${item.name}`, ''];
  const text = toText(item.docComment);
  if (text) lines.push(text, '');
  lines.push('```ts', toDeclaration(item), '```', '');
  const members = (item.members ?? []).filter(({ docComment }) => toText(docComment));
  if (members.length > 0) {
    lines.push('| member | |', '| --- | --- |');
    for (const member of members) {
      lines.push(`| \`${member.name}\` | ${toText(member.docComment).replaceAll('|', '\\|')} |`);
    }
    lines.push('');
  }
  return lines;
}

/** The declaration as it is written, with its members. */
function toDeclaration({ excerptTokens, members = [], kind }) {
  const head = toExcerpt(excerptTokens);
  if (kind !== 'Interface') return head;
  const body = members.map(
    (member) => `  ${toExcerpt(member.excerptTokens).replaceAll('\n', '\n  ')}`,
  );
  return [`${head.trimEnd()} {`, ...body, '}'].join('\n');
}

function toExcerpt(tokens) {
  return tokens
    .map(({ text }) => text)
    .join('')
    .replace(/^export (declare )?/, '');
}

/** A comment's text on one line, without its frame. */
function toText(comment = '') {
  return comment
    .trim()
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trim())
    .join(' ')
    .trim();
}
