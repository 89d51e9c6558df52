// docs/contract.md says what the code says: its tables are made here, from the tables of the code and
// the comments beside them.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { VALID_EXAMPLES } from './examples/validExamples.ts';
import { CLOCKS, EXIT_KINDS, LIMITS, PLAY_STATES, QUARTILES } from './index.ts';
import { contextSchema } from './schema/context.ts';
import { eventSchemas } from './schema/event.ts';

const PAGE = new URL('../../docs/contract.md', import.meta.url);

function readSource(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

/** The lines of one literal in a source file. */
function linesOf(file: string, constant: string): string[] {
  const [, literal = ''] =
    new RegExp(`export const ${constant}\\b[^=]*= [[{]\\n([\\s\\S]*?)\\n[\\]}] as const`).exec(
      readSource(file),
    ) ?? [];
  const lines = literal.split('\n').map((line) => line.trim());
  expect(lines.length).toBeGreaterThan(3);
  return lines;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A table of positions, with the comments as its last column; a comment of its own is a group. */
function positions(file: string, constant: string): string {
  const rows: string[][] = [];
  for (const line of linesOf(file, constant)) {
    const [, name, kind, comment = ''] = /^\['(\w+)', '(\w+)'\],(?: \/\/ (.*))?$/.exec(line) ?? [];
    if (name !== undefined && kind !== undefined)
      rows.push([String(rows.filter(([at]) => at !== '').length), `\`${name}\``, kind, comment]);
    else rows.push(['', '', '', `**${line.replace('// ', '')}**`]);
  }
  return table(['', 'name', 'kind', ''], rows);
}

/** The words of a list and the comments beside them. */
function words(file: string, constant: string): string {
  const rows = linesOf(file, constant).map((line) => /^'(\w+)',(?: \/\/ (.*))?$/.exec(line) ?? []);
  return table(
    ['code', ''],
    rows.map(([, word = '', comment = '']) => [`\`${word}\``, comment]),
  );
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** `{ id, title?: ≤ 500 }`: keys, whether they may be absent, and their bounds. */
function shape(schema: JsonSchema, without: readonly string[] = []): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `"${value}"`).join(' or ');
  if (schema.properties !== undefined) {
    const keys = Object.entries(schema.properties).filter(([key]) => !without.includes(key));
    const texts = keys.map(([key, value]) => {
      const optional = schema.required?.includes(key) === true ? '' : '?';
      return typeof value === 'boolean' ? key : `${key}${optional}: ${shape(value)}`;
    });
    return texts.length === 0 ? '–' : `{ ${texts.join(', ')} }`;
  }
  if (schema.additionalProperties !== undefined) return 'text by text';
  if (schema.type === 'array') return 'list of text';
  if (schema.type === 'string') return 'text';
  return String(schema.type ?? typeof schema.const);
}

function contextRows(): string[][] {
  const { properties = {}, required = [] } = z.toJSONSchema(contextSchema);
  return Object.entries(properties).map(([key, value]) => [
    `\`${key}\``,
    required.includes(key) ? 'yes' : '',
    `\`${typeof value === 'boolean' ? '' : shape(value)}\``,
  ]);
}

function eventRows(): string[][] {
  const base = ['type', 'seq', 'rev', 'at', 'ctx', 'pos', 'clock'];
  return [...eventSchemas].map(([type, schema]) => [
    `\`${type}\``,
    `\`${shape(z.toJSONSchema(schema), base)}\``,
  ]);
}

function limitRows(): string[][] {
  let comment = '';
  const rows: string[][] = [];
  for (const line of linesOf('./limits.ts', 'LIMITS')) {
    const [, name] = /^(\w+): /.exec(line) ?? [];
    if (name === undefined) comment = line.replace(/^\/\*\* | \*\/$/g, '');
    else rows.push([`\`${name}\``, String(LIMITS[name as keyof typeof LIMITS]), comment]); // Read from LIMITS.
  }
  return rows;
}

const list = (values: readonly unknown[]): string =>
  values.map((value, i) => `${i} ${value}`).join(', ');

const SECTIONS: Readonly<Record<string, () => string>> = {
  slice: () => positions('./slice.ts', 'SLICE_POSITIONS'),
  summary: () => positions('./summary.ts', 'SUMMARY_POSITIONS'),
  delivery: () => positions('./delivery.ts', 'DELIVERY_POSITIONS'),
  codes: () =>
    table(
      ['position', 'codes'],
      [
        ['`clock`', list(CLOCKS)],
        ['`endState`', list(PLAY_STATES)],
        ['`exitKind`', list(EXIT_KINDS)],
        ['`open`, `endHidden`', '0 no, 1 yes'],
        [
          '`quartiles`',
          `bits: ${QUARTILES.map((share, bit) => `${2 ** bit} for ${share} %`).join(', ')}`,
        ],
      ],
    ),
  context: () => table(['key', 'required', ''], contextRows()),
  events: () => table(['type', 'facts'], eventRows()),
  limits: () => table(['limit', '', ''], limitRows()),
  issues: () => words('./schema/issue.ts', 'ISSUE_REASONS'),
  refusals: () => words('./refusal.ts', 'REFUSAL_CODES'),
  example: () => `\`\`\`json\n${JSON.stringify(VALID_EXAMPLES.heartbeat)}\n\`\`\``,
};

describe('docs/contract.md', () => {
  it('says what the code says', async () => {
    const page = readFileSync(PAGE, 'utf8');
    const found = new Set<string>();
    const made = page.replace(
      /<!-- generated: (\w+) -->\n[\s\S]*?<!-- end -->/g,
      (_, name: string) => {
        found.add(name);
        return `<!-- generated: ${name} -->\n${SECTIONS[name]?.() ?? 'unknown section'}\n<!-- end -->`;
      },
    );
    expect([...found]).toEqual(Object.keys(SECTIONS));
    await expect(made).toMatchFileSnapshot('../../docs/contract.md');
  });
});
