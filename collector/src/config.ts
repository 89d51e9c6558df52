// The collector's settings: read from the environment once, at the start, and checked there. A wrong
// one stops the start with one clear line each; `docs/settings.md` is tied to this table by a test.
import { statSync } from 'node:fs';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

export interface CollectorConfig {
  readonly host: string;
  readonly port: number;
  /** Prefix of beacons and settings. Neutral on purpose: ad blockers match words. */
  readonly path: string;
  readonly data: string;
  /** Addresses and ranges whose X-Forwarded-For and country header are believed. */
  readonly trustedProxies: readonly string[];
  /** Lower case; empty where there is none. */
  readonly countryHeader: string;
  /** Paths of .mmdb files; empty where there is none. */
  readonly geographyDatabase: string;
  readonly networkDatabase: string;
  /** This process's part of every quota: 1 over the number of collectors. */
  readonly quotaPart: number;
  readonly requestTimeoutMs: number;
  readonly maxConnections: number;
  readonly drainMs: number;
}

/** One setting: its variable, its default as it would be written, its meaning. */
export interface Setting {
  readonly variable: string;
  readonly standard: string;
  readonly meaning: string;
}

export const SETTINGS: { readonly [K in keyof CollectorConfig]: Setting } = {
  host: {
    variable: 'RETOUR_HOST',
    standard: '127.0.0.1',
    meaning: 'Address to listen on.',
  },
  port: {
    variable: 'RETOUR_PORT',
    standard: '8080',
    meaning: 'Port to listen on; 0 takes a free one.',
  },
  path: {
    variable: 'RETOUR_PATH',
    standard: '/r',
    meaning:
      'Path of beacons and settings. Keep it neutral: ad blockers match words like collect, stats or event.',
  },
  data: {
    variable: 'RETOUR_DATA',
    standard: './data',
    meaning: 'Directory of the embedded log.',
  },
  trustedProxies: {
    variable: 'RETOUR_TRUSTED_PROXIES',
    standard: '',
    meaning:
      'Addresses or ranges (CIDR), separated by commas, whose X-Forwarded-For and country header are believed.',
  },
  countryHeader: {
    variable: 'RETOUR_COUNTRY_HEADER',
    standard: '',
    meaning:
      'Header in which the CDN names the country, used where the databases know none. Needs trusted proxies.',
  },
  geographyDatabase: {
    variable: 'RETOUR_GEOGRAPHY_DATABASE',
    standard: '',
    meaning: 'Path of a city or country database (.mmdb), read at the start.',
  },
  networkDatabase: {
    variable: 'RETOUR_NETWORK_DATABASE',
    standard: '',
    meaning: 'Path of an ASN database (.mmdb), read at the start.',
  },
  quotaPart: {
    variable: 'RETOUR_QUOTA_PART',
    standard: '1',
    meaning: 'Part of every quota that this process grants: 1 over the number of collectors.',
  },
  requestTimeoutMs: {
    variable: 'RETOUR_REQUEST_TIMEOUT_MS',
    standard: '15000',
    meaning: 'Time for a whole request to arrive, headers and body; then the connection is closed.',
  },
  maxConnections: {
    variable: 'RETOUR_MAX_CONNECTIONS',
    standard: '10000',
    meaning:
      'Connections at a time; more are closed at once. Each may hold one body of 512 KiB in memory.',
  },
  drainMs: {
    variable: 'RETOUR_DRAIN_MS',
    standard: '10000',
    meaning: 'Time for requests under way to be answered after SIGTERM or SIGINT.',
  },
};

/** @throws ConfigError with one line per mistake. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): CollectorConfig {
  const written = Object.fromEntries(
    Object.entries(SETTINGS).map(([name, { variable, standard }]) => [
      name,
      (environment[variable] ?? standard).trim(),
    ]),
  );
  const read = configSchema.safeParse(written);
  if (read.success) return read.data;
  throw new ConfigError(read.error.issues.map((issue) => toLine(issue, written)));
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

function toLine({ path, message }: z.core.$ZodIssue, written: Record<string, string>): string {
  const name = String(path[0]) as keyof CollectorConfig; // The schema's keys are the settings'.
  return `${SETTINGS[name].variable}: expected ${message}, came ${JSON.stringify(written[name])}`;
}

const integer = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d+$/, `an integer from ${from} to ${to}`)
    .transform(Number)
    .refine((n) => n >= from && n <= to, `an integer from ${from} to ${to}`);

const file = z
  .string()
  .refine((path) => path === '' || isFile(path), 'the path of a file that can be read');

const configSchema = z
  .object({
    host: z.string().min(1, 'an address or a host name'),
    port: integer(0, 65_535),
    path: z
      .string()
      .regex(/^(\/[A-Za-z0-9_-]+)+$/, 'a path like /r: slashes, letters, digits, - and _'),
    data: z.string().min(1, 'a directory'),
    trustedProxies: z
      .string()
      .transform((text) =>
        text
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean),
      )
      .refine((parts) => parts.every(isRange), 'addresses or CIDR ranges, separated by commas'),
    countryHeader: z
      .string()
      .toLowerCase()
      .regex(/^[a-z0-9-]*$/, 'the name of a header'),
    geographyDatabase: file,
    networkDatabase: file,
    quotaPart: z
      .string()
      .transform(Number)
      .refine((part) => part > 0 && part <= 1, 'a number above 0 and at most 1'),
    requestTimeoutMs: integer(100, 300_000),
    maxConnections: integer(1, 1_000_000),
    drainMs: integer(0, 300_000),
  })
  .refine(
    ({ countryHeader, trustedProxies }) => countryHeader === '' || trustedProxies.length > 0,
    {
      path: ['countryHeader'],
      message: 'RETOUR_TRUSTED_PROXIES beside it, for anybody could send that header',
    },
  );

function isRange(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
