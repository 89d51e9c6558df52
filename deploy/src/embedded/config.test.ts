import { describe, expect, it } from 'vitest';
import { OperatorError, readConfig } from './config.ts';

describe('readConfig', () => {
  it('takes flags over the environment over defaults', () => {
    expect(readConfig(['--port', '9000'], { RETOUR_PORT: '8000', RETOUR_DATA: '/tmp/x' })).toEqual({
      host: '127.0.0.1',
      port: 9000,
      directory: '/tmp/x',
      publicUrl: 'http://127.0.0.1:9000',
      privacy: undefined,
    });
  });

  it('takes a privacy mode', () => {
    expect(readConfig([], { RETOUR_PRIVACY: 'none' })).toMatchObject({ privacy: 'none' });
    expect(readConfig(['--privacy', 'consented'], {})).toMatchObject({ privacy: 'consented' });
  });

  it('names an address that a browser can reach', () => {
    expect(readConfig(['--host', '::1'], {})).toMatchObject({ publicUrl: 'http://[::1]:7300' });
    expect(readConfig(['--host', '0.0.0.0'], {})).toMatchObject({
      publicUrl: 'http://localhost:7300',
    });
    expect(readConfig(['--public-url', 'https://r.example/'], {})).toMatchObject({
      publicUrl: 'https://r.example',
    });
  });

  it.each([
    [['--port', 'x'], 'The port is a number'],
    [['--port', '70000'], 'The port is a number'],
    [['--public-url', 'r.example'], 'The public URL is like'],
    [['--public-url', 'https://r.example/path'], 'without a path'],
    [['--privacy', 'all'], 'The privacy mode is none, exempt, consented; "all" came.'],
    [['--colour'], 'Usage:'],
  ])('refuses %j with one clear line', (args, message) => {
    expect(() => readConfig(args, {})).toThrow(OperatorError);
    expect(() => readConfig(args, {})).toThrow(message);
  });
});
