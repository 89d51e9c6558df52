// Two runs of the same runner: `unit` in parallel; `slow` (a browser, an engine, a process tree) one
// file at a time. Always forks: an embedded engine must never live in a worker thread.
import { defineConfig } from 'vitest/config';

// Vite and Node themselves add `import` or `require`, by the way in which a module is asked for. Said
// here, `import` would be true of a require too, and a package with both faces would show the wrong one.
const resolve = { conditions: ['retour-source', 'node'] };
const shared = {
  pool: 'forks' as const,
  restoreMocks: true,
  exclude: ['**/node_modules/**', '**/dist/**'],
};

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr: {
          resolve: { conditions: resolve.conditions, externalConditions: resolve.conditions },
        },
        test: {
          ...shared,
          name: 'unit',
          include: [
            '*/src/**/*.test.{ts,tsx}',
            '*/test/**/*.test.{ts,tsx}',
            'player-sdk/conformance/**/*.test.ts',
          ],
          exclude: [...shared.exclude, '**/*.slow.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        resolve,
        ssr: {
          resolve: { conditions: resolve.conditions, externalConditions: resolve.conditions },
        },
        test: {
          ...shared,
          name: 'slow',
          include: [
            '*/src/**/*.slow.test.ts',
            '*/test/**/*.slow.test.ts',
            'player-sdk/conformance/**/*.slow.test.ts',
            'deploy/sample/**/*.slow.test.ts',
          ],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 10_000 } }, // As long as a loaded machine may take.
        },
      },
    ],
  },
});
