// The settings of the embedded mode: command-line flags over environment variables over defaults.
// A mistake is one clear line, before anything is started.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PRIVACY_MODES, type PrivacyMode } from '@retour/player-sdk/contract';

export interface EmbeddedConfig {
  readonly host: string;
  readonly port: number;
  /** Everything Retour knows is below it. */
  readonly directory: string;
  /** How browsers reach this server, when a proxy stands before it. No slash at the end. */
  readonly publicUrl: string;
  /** The loosest mode that pages may use from now on; undefined leaves the property's as it is. */
  readonly privacy: PrivacyMode | undefined;
}

/** A mistake of the operator: its message is shown alone, without a stack. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

export const DEFAULT_PORT = 7300;

export const USAGE = `Usage: npm start -- [--port ${DEFAULT_PORT}] [--host 127.0.0.1] [--data .retour] [--public-url URL] [--privacy exempt]

  --port        port of everything                    RETOUR_PORT
  --host        address to listen on                  RETOUR_HOST
  --data        directory of everything it keeps      RETOUR_DATA
  --public-url  how browsers reach it, behind a proxy RETOUR_PUBLIC_URL
  --privacy     loosest mode that pages may use, kept RETOUR_PRIVACY
  --help        this text
`;

/** @throws OperatorError naming the setting, what was expected and what came. */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): EmbeddedConfig | 'help' {
  const flags = parse(args);
  if (flags.help === true) return 'help';
  const port = toPort(flags.port ?? env.RETOUR_PORT ?? String(DEFAULT_PORT));
  const host = flags.host ?? env.RETOUR_HOST ?? '127.0.0.1';
  const directory = resolve(flags.data ?? env.RETOUR_DATA ?? join(process.cwd(), '.retour'));
  const named = flags['public-url'] ?? env.RETOUR_PUBLIC_URL;
  const publicUrl = named === undefined ? `http://${toUrlHost(host)}:${port}` : toOrigin(named);
  const privacy = toPrivacy(flags.privacy ?? env.RETOUR_PRIVACY);
  return { host, port, directory, publicUrl, privacy };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        'public-url': { type: 'string' },
        privacy: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new OperatorError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

function toPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new OperatorError(`The port is a number from 1 to 65535; "${text}" came.`);
}

function toOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/')
    return url.origin;
  throw new OperatorError(
    `The public URL is like https://retour.example, without a path; "${text}" came.`,
  );
}

function toPrivacy(text: string | undefined): PrivacyMode | undefined {
  const mode = PRIVACY_MODES.find((known) => known === text);
  if (mode !== undefined || text === undefined) return mode;
  throw new OperatorError(`The privacy mode is ${PRIVACY_MODES.join(', ')}; "${text}" came.`);
}

/** An address that listens everywhere is reached by name; an IPv6 address needs its brackets. */
function toUrlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
