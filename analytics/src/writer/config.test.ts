import { describe, expect, it } from 'vitest';
import { readWriterConfig } from './config.ts';

const RIGHT = { RETOUR_DATA: '/data/log', RETOUR_ENGINE_URL: 'http://127.0.0.1:8123' };

describe('readWriterConfig', () => {
  it('reads the environment, with defaults', () => {
    expect(readWriterConfig(RIGHT)).toEqual({
      data: '/data/log',
      engineUrl: 'http://127.0.0.1:8123',
      engineUser: 'default',
      enginePassword: '',
      database: 'retour',
      backend: { kind: 'embedded' },
    });
    expect(readWriterConfig({ ...RIGHT, RETOUR_CLUSTER: 'prod' }).backend).toEqual({
      kind: 'cluster',
      cluster: 'prod',
    });
  });

  it.each([
    [{ RETOUR_DATA: ' ' }, 'RETOUR_DATA: expected the directory'],
    [{ RETOUR_ENGINE_URL: 'clickhouse:9000' }, 'RETOUR_ENGINE_URL: expected http'],
    [{ RETOUR_DATABASE: 'a; DROP' }, 'RETOUR_DATABASE: expected letters'],
    [{ RETOUR_CLUSTER: "x'" }, 'RETOUR_CLUSTER: expected letters'],
  ])('refuses %o', (wrong, message) => {
    expect(() => readWriterConfig({ ...RIGHT, ...wrong })).toThrow(message);
  });
});
