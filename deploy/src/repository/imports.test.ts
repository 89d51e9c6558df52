// Who may import whom: the walls of the rooms, as the design states them.
import { describe, expect, it } from 'vitest';
import { type Import, importsOf, readSources, type Source } from './sources.ts';

const sources = readSources();
const isTest = (path: string): boolean => /\.test\.tsx?$|\/test\/|\/testing\//.test(path);
const product = sources.filter((source) => !isTest(source.path));

/** The conformance kit uses the SDK as its adopters do: by the names of its exports. */
const isKit = (path: string): boolean => path.startsWith('player-sdk/conformance/');

/** Package → the specifiers of ours that its product code may name. */
const PACKAGES: Record<string, readonly RegExp[]> = {
  'player-sdk': [],
  collector: [/^@retour\/player-sdk\/contract(\/schema)?$/],
  analytics: [
    /^@retour\/player-sdk\/(contract(\/schema)?|meter)$/,
    /^@retour\/collector\/(log|control)$/,
  ],
  dashboards: [/^@retour\/analytics\/(catalogue|client)$/],
  deploy: [/^@retour\//],
};

/** Room of the SDK → rooms that it may import. A room may always import itself. */
const SDK_ROOMS: Record<string, readonly string[]> = {
  contract: [],
  meter: ['contract'],
  outbox: ['contract'],
  adapters: ['contract'],
  platform: ['contract'],
};

function offences(pick: (source: Source, found: Import) => boolean): string[] {
  return product.flatMap((source) =>
    importsOf(source)
      .filter((found) => pick(source, found))
      .map((found) => `${source.path} imports ${found.specifier}`),
  );
}

describe('imports', () => {
  it('cross a package border only where the design lets them, by name and subpath', () => {
    expect(
      offences((source, { specifier, target }) => {
        const home = source.path.split('/')[0] ?? '';
        if (target !== undefined)
          return !target.startsWith(`${home}/`) && source.path.includes('/');
        if (specifier === 'retour' || specifier.startsWith('retour/')) return true;
        if (!specifier.startsWith('@retour/')) return false;
        if (isKit(source.path)) return !/^@retour\/player-sdk(\/|$)/.test(specifier);
        return !(PACKAGES[home] ?? []).some((allowed) => allowed.test(specifier));
      }),
    ).toEqual([]);
  });

  it('keep the rooms of the SDK apart: contract ← meter; outbox, adapters, platform alone', () => {
    expect(
      offences((source, { specifier, target }) => {
        const room = /^player-sdk\/src\/(\w+)\//.exec(source.path)?.[1];
        const allowed = room === undefined ? undefined : SDK_ROOMS[room];
        if (room === undefined || allowed === undefined) return false;
        if (target === undefined) {
          const player = room === 'adapters' && ['hls.js', 'dashjs'].includes(specifier);
          return !(specifier === 'zod' && source.path.includes('/contract/schema/')) && !player;
        }
        const other = /^player-sdk\/src\/(\w+)\//.exec(target)?.[1];
        return other !== room && !allowed.includes(other ?? '');
      }),
    ).toEqual([]);
  });

  it('give the SDK no run-time dependency: a player is named as a type only', () => {
    expect(
      offences(
        (source, { target, typeOnly }) =>
          source.path.startsWith('player-sdk/src/') &&
          !source.path.includes('/contract/schema/') &&
          target === undefined &&
          !typeOnly &&
          source.path !== 'player-sdk/src/react.ts', // A page with the hook has React already.
      ),
    ).toEqual([]);
  });

  it('keep zod and the schemas out of the SDK', () => {
    expect(
      offences(
        (source, { target }) =>
          source.path.startsWith('player-sdk/src/') &&
          !source.path.includes('/contract/schema/') &&
          (target?.includes('/contract/schema/') ?? false),
      ),
    ).toEqual([]);
  });

  it('make no cycle', () => {
    const graph = new Map(
      product.map((source) => [
        source.path,
        importsOf(source).flatMap(({ target, typeOnly }) =>
          target === undefined || typeOnly ? [] : [target],
        ),
      ]),
    );
    expect(findCycle(graph)).toEqual([]);
  });
});

/** The first cycle that a depth-first walk meets, as a path; empty where there is none. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const next of graph.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle.length > 0) return cycle;
    }
    done.add(path);
    return [];
  };
  for (const path of graph.keys()) {
    const cycle = visit(path, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
