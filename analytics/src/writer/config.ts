// The settings of a writer that runs as a process of its own: read from the environment once, checked
// at the start. A wrong one is one clear line.
import type { Backend } from '../store/ddl.ts';

export interface WriterConfig {
  /** Directory of the embedded log. */
  readonly data: string;
  readonly engineUrl: string;
  readonly engineUser: string;
  readonly enginePassword: string;
  readonly database: string;
  readonly backend: Backend;
}

/** A mistake of the operator: its message is shown alone, without a stack. */
export class WriterConfigError extends Error {
  override readonly name = 'WriterConfigError';
}

/** @throws WriterConfigError naming the variable, what was expected and what came. */
export function readWriterConfig(env: Readonly<Record<string, string | undefined>>): WriterConfig {
  const cluster = env.RETOUR_CLUSTER ?? '';
  return {
    data: required(env, 'RETOUR_DATA', 'the directory of the embedded log'),
    engineUrl: toUrl(required(env, 'RETOUR_ENGINE_URL', 'the URL of ClickHouse')),
    engineUser: env.RETOUR_ENGINE_USER ?? 'default',
    enginePassword: env.RETOUR_ENGINE_PASSWORD ?? '',
    database: toIdentifier('RETOUR_DATABASE', env.RETOUR_DATABASE ?? 'retour'),
    backend:
      cluster === ''
        ? { kind: 'embedded' }
        : { kind: 'cluster', cluster: toIdentifier('RETOUR_CLUSTER', cluster) },
  };
}

function required(
  env: Readonly<Record<string, string | undefined>>,
  variable: string,
  what: string,
): string {
  const value = env[variable]?.trim() ?? '';
  if (value === '') throw new WriterConfigError(`${variable}: expected ${what}, nothing came`);
  return value;
}

function toUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return text;
  throw new WriterConfigError(`RETOUR_ENGINE_URL: expected http://… or https://…, came "${text}"`);
}

function toIdentifier(variable: string, text: string): string {
  if (/^[a-z][a-z0-9_]*$/i.test(text)) return text;
  throw new WriterConfigError(`${variable}: expected letters, digits and _, came "${text}"`);
}
