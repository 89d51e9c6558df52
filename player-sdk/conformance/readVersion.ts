// The version of an installed package, whatever of itself it lets others import.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** @throws Error where it is not installed. */
export function readVersion(packageName: string): string {
  let folder = dirname(createRequire(import.meta.url).resolve(packageName));
  for (;;) {
    const file = join(folder, 'package.json');
    const said = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    if (said.name === packageName) return String(said.version);
    if (folder === dirname(folder)) throw new Error(`Expected ${packageName} to tell its version.`);
    folder = dirname(folder);
  }
}
