// The code blocks of the documentation, as tests read them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(import.meta.dirname, '../docs');

export interface Snippet {
  /** `hlsjs.md, line 5`. */
  readonly name: string;
  readonly page: string;
  readonly language: string;
  /** A whole page script: it is run in a browser. */
  readonly runnable: boolean;
  readonly code: string;
}

/** Fenced blocks, those inside of lists too. */
const FENCE = /^( *)```(\w+)( runnable)?\n([\s\S]*?)^\1```$/gm;

export function readSnippets(): Snippet[] {
  const pages = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
  const all = [...pages.map((name) => join(DOCS, name)), join(DOCS, '../README.md')];
  return all.flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    const page = path.slice(path.lastIndexOf('/') + 1);
    return [...text.matchAll(FENCE)].map((match) => {
      const [, indent = '', language = '', runnable, code = ''] = match;
      const line = text.slice(0, match.index).split('\n').length;
      return {
        name: `${page}, line ${line}`,
        page,
        language,
        runnable: runnable !== undefined,
        code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      };
    });
  });
}

/** The documentation's addresses, as a test serves what they stand for. */
export function toServed(code: string): string {
  return code
    .replaceAll(/https:\/\/you\.example\/r(?=['"])/g, '/feed')
    .replaceAll('https://media.example/', '/media/');
}
