// The API over a store that a test provides, or over none.
import type { Property } from '@retour/collector/control';
import type { FastifyInstance } from 'fastify';
import { type ApiDeps, buildApp } from '../src/app.ts';

export const TEST_TOKEN = 'read-token-of-main';

export const TEST_PROPERTY: Property = {
  id: 'main',
  name: 'Main',
  timeZone: 'Europe/Paris',
  privacy: 'exempt',
  origins: [],
  heartbeatMs: 10_000,
  sampling: 1,
  quota: { beaconsPerSecond: 1_000, warnAt: 0.8, rubbishPerSecond: 10 },
};

export function buildTestApp(deps: Partial<ApiDeps> = {}): FastifyInstance {
  return buildApp({
    store: { query: async () => [] },
    tokenOf: (token) => (token === TEST_TOKEN ? TEST_PROPERTY : undefined),
    control: { writeKeysOf: () => [] },
    feed: {
      lagMs: () => 0,
      lastAcceptedAt: () => null,
      engineUp: () => true,
      accepting: () => true,
    },
    now: Date.now,
    version: '0.0.0',
    endpoint: 'http://127.0.0.1/b',
    sampleUrl: null,
    onFault: (error) => {
      throw error;
    },
    ...deps,
  });
}
