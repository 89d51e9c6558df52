// The repository's own source files as the repository tests read them: paths, text, syntax tree.
// Reads git's list of files, never the disk at large.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

export const ROOT: string = fileURLToPath(new URL('../../..', import.meta.url));

/** One TypeScript source file, path relative to the root. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Every file that git tracks or would track. */
export function listFiles(): string[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => path !== '');
}

/** TypeScript sources, tests included, generated files not. */
export function readSources(): Source[] {
  return listFiles()
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('/generated/'))
    .flatMap((path) => {
      const text = readIfThere(path);
      return text === undefined ? [] : [{ path, text }];
    });
}

/** A file listed by git may be deleted in the work tree. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // Node's own shape.
    throw error;
  }
}

/** One import or re-export: what is named, and the repository path it means when it is a file. */
export interface Import {
  readonly specifier: string;
  readonly target: string | undefined;
  readonly typeOnly: boolean;
}

export function importsOf(source: Source): Import[] {
  const { module, errors } = parseSync(source.path, source.text);
  if (errors.length > 0) throw new Error(`${source.path}: ${errors[0]?.message}`);
  const statics = module.staticImports.map((i) => ({
    specifier: i.moduleRequest.value,
    typeOnly: i.entries.length > 0 && i.entries.every((entry) => entry.isType),
  }));
  const exports = module.staticExports.flatMap((e) =>
    e.entries.flatMap((entry) =>
      entry.moduleRequest === null
        ? []
        : [{ specifier: entry.moduleRequest.value, typeOnly: entry.isType }],
    ),
  );
  const dynamics = module.dynamicImports.flatMap((i) => {
    const literal = /^['"](.+)['"]$/.exec(
      source.text.slice(i.moduleRequest.start, i.moduleRequest.end),
    )?.[1];
    return literal === undefined ? [] : [{ specifier: literal, typeOnly: false }];
  });
  return [...statics, ...exports, ...dynamics].map((found) => ({
    ...found,
    target: found.specifier.startsWith('.')
      ? normalize(join(dirname(source.path), found.specifier))
      : undefined,
  }));
}

/**
 * One function of a file: its name as far as it has one, its own lines (those of functions inside
 * it are theirs, so that a factory is not the sum of its methods) and its parameters.
 */
export interface FunctionShape {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
  readonly parameters: number;
}

export function functionsOf(source: Source): FunctionShape[] {
  const { program } = parseSync(source.path, source.text);
  const found: FunctionShape[] = [];
  walk(program, 'anonymous', (node, name) => {
    if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type))
      return;
    found.push({
      name,
      line: source.text.slice(0, node.start).split('\n').length,
      lines: linesOf(source.text, node) - nestedLines(source.text, node),
      parameters: Array.isArray(node.params) ? node.params.length : 0,
    });
  });
  return found;
}

function linesOf(text: string, node: Node): number {
  return text.slice(node.start, node.end).split('\n').length;
}

/** Lines of the outermost functions inside this one. */
function nestedLines(text: string, outer: Node): number {
  let lines = 0;
  let until = outer.start;
  walk(Object.values(outer), '', (node) => {
    if (!isFunction(node) || node.start < until) return;
    lines += linesOf(text, node) - 1;
    until = node.end;
  });
  return lines;
}

function isFunction(node: Node): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

function walk(value: unknown, name: string, visit: (node: Node, name: string) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, name, visit);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const node = value as Node; // Everything with a type in an ESTree is a node.
  const named = nameOf(node) ?? name;
  if (typeof node.type === 'string') visit(node, named);
  for (const child of Object.values(node)) walk(child, named, visit);
}

function nameOf(node: Node): string | undefined {
  const holder = (node.id ?? node.key) as { name?: unknown } | null | undefined;
  return typeof holder?.name === 'string' ? holder.name : undefined;
}
