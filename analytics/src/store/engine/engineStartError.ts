// Why an engine could not be started, with a stable code and what to do.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUNNING_MARKER } from './engineMessage.ts';

export type EngineStartCode =
  | 'engine_directory_taken'
  | 'engine_unsupported'
  | 'engine_out_of_space'
  | 'engine_unwritable'
  | 'engine_failed';

export class EngineStartError extends Error {
  override readonly name = 'EngineStartError';
  readonly code: EngineStartCode;
  readonly remedy: string;

  constructor(code: EngineStartCode, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

interface Failure {
  readonly directory: string;
  /** All that the engine's process said. */
  readonly message: string;
}

export function toEngineStartError({ directory, message }: Failure): EngineStartError {
  if (/Code: 76\b/.test(message)) {
    return new EngineStartError(
      'engine_directory_taken',
      `another process${holderOf(directory)} has the engine's directory open: ${directory}`,
      'Stop the other one, or give this one a directory of its own.',
    );
  }
  if (/CHDB_PLATFORM|no native binding|failed to load native/i.test(message)) {
    return new EngineStartError(
      'engine_unsupported',
      `the embedded engine has no build for ${process.platform} ${process.arch}: ${message}`,
      'Use Linux (glibc) or macOS, on x64 or arm64; on Windows use WSL2; or name a ClickHouse server.',
    );
  }
  if (/ENOSPC|NOT_ENOUGH_SPACE|No space left/i.test(message)) {
    return new EngineStartError(
      'engine_out_of_space',
      `no space left for ${directory}`,
      'Free some space.',
    );
  }
  if (/EACCES|EROFS|EPERM|Permission denied|Read-only file system/i.test(message)) {
    return new EngineStartError(
      'engine_unwritable',
      `cannot write to the engine's directory: ${directory}`,
      'Give the user that runs this the right to write there.',
    );
  }
  return new EngineStartError(
    'engine_failed',
    `the engine did not start: ${message}`,
    'See the message.',
  );
}

/** The process that a person would stop: the parent of the engine that runs there, if it says. */
function holderOf(directory: string): string {
  try {
    return ` (${readFileSync(join(directory, RUNNING_MARKER), 'utf8')})`;
  } catch {
    return ''; // It has just ended, or is no engine of ours: the message does without.
  }
}
