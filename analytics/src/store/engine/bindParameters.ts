// Puts `param_*` values in the place of `{name:Type}` in a statement, as literals of that type.
// The engine's own binding is not used: it is shared by all connections of the process and two
// bound queries at once see each other's values. Text in quotes and comments is never touched.
import { EngineFault } from './engineFault.ts';

const TOKENS =
  /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`|--[^\n]*|\/\*[\s\S]*?\*\/|\{\s*(\w+)\s*:\s*([^{}]+?)\s*\}/g;

/** Composite values come as literals with their own quotes; the rest comes escaped as in TSV. */
const COMPOSITE = /^(?:Array|Tuple|Map|Nested)\b/;

const TSV_ESCAPES: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  0: '\0',
  b: '\b',
};

/**
 * Binds every placeholder of a statement.
 * @throws EngineFault 456 when a placeholder has no value, as a server does.
 */
export function bindParameters(sql: string, values: ReadonlyMap<string, string>): string {
  return sql.replace(TOKENS, (token: string, name?: string, type?: string) => {
    if (name === undefined || type === undefined) return token;
    const value = values.get(name);
    if (value === undefined) {
      throw new EngineFault(456, `Substitution \`${name}\` is not set`, 'UNKNOWN_QUERY_PARAMETER');
    }
    return toLiteral(value, type);
  });
}

function toLiteral(value: string, type: string): string {
  if (type === 'Identifier') return `\`${escapeText(unescapeTsv(value), '`')}\``;
  const typeText = quote(type);
  if (value === '\\N') return `_CAST(NULL, ${typeText})`;
  const text = COMPOSITE.test(type) ? value : unescapeTsv(value);
  return type === 'String' ? quote(text) : `_CAST(${quote(text)}, ${typeText})`;
}

/** Undoes what every client does to a top-level string: "it's" travels as "it\'s". */
function unescapeTsv(value: string): string {
  return value.replace(/\\([\s\S])/g, (_, letter: string) => TSV_ESCAPES[letter] ?? letter);
}

/** A string as a literal of SQL. */
export function quote(text: string): string {
  return `'${escapeText(text, "'")}'`;
}

function escapeText(text: string, mark: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`).replaceAll('\0', '\\0');
}
