import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperatorError } from './config.ts';
import { openDataDirectory, toOperatorError } from './dataDirectory.ts';

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'retour-data-'));
});
afterEach(() => rm(place, { recursive: true, force: true }));

const now = (): number => Date.UTC(2026, 0, 2, 3, 4, 5);

describe('openDataDirectory', () => {
  it('makes the directory, and gives it back', async () => {
    const directory = join(place, 'a', 'b');
    await (await openDataDirectory(directory, { port: 7300, now })).release();
    await (await openDataDirectory(directory, { port: 7300, now })).release();
  });

  it('names who holds it', async () => {
    const held = await openDataDirectory(place, { port: 7300, now });
    await expect(openDataDirectory(place, { port: 7301, now })).rejects.toThrow(
      `${place} is in use by process ${process.pid} on port 7300 since 2026-01-02T03:04:05.000Z`,
    );
    await held.release();
  });

  it('says when it is no directory', async () => {
    const file = join(place, 'file');
    await writeFile(file, '');
    for (const path of [file, join(file, 'below')]) {
      const opening = openDataDirectory(path, { port: 7300, now });
      await expect(opening).rejects.toThrow('is not a directory: name another with --data');
      await expect(opening).rejects.toBeInstanceOf(OperatorError);
    }
  });
});

describe('toOperatorError', () => {
  it.each([
    ['EACCES', 'cannot be written'],
    ['EROFS', 'read-only disk'],
    ['ENOSPC', 'full disk: free some space'],
    ['EDQUOT', "beyond the disk's quota"],
  ])('makes one clear line of %s', (code, line) => {
    const error = toOperatorError(Object.assign(new Error('no'), { code }), '/data');
    expect(error).toBeInstanceOf(OperatorError);
    expect(String(error)).toContain(line);
  });

  it('leaves a fault of ours as it was', () => {
    const fault = new TypeError('ours');
    expect(toOperatorError(fault, '/data')).toBe(fault);
  });
});
