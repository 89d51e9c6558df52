// Opens what enrichment reads: the operator's databases, once, at the start.
import { type AsnResponse, type CityResponse, open } from 'maxmind';
import { type CollectorConfig, ConfigError, SETTINGS } from './config.ts';
import { createEnrich } from './steps/enrich.ts';
import type { Enrich } from './steps/passage.ts';
import { toPlace } from './steps/place.ts';
import { createUserAgentReader } from './steps/userAgent.ts';

/** @throws ConfigError where a database cannot be read. */
export async function openEnricher(config: CollectorConfig): Promise<Enrich> {
  const databases = {
    geography: await openDatabase<CityResponse>(config, 'geographyDatabase'),
    network: await openDatabase<AsnResponse>(config, 'networkDatabase'),
  };
  return createEnrich({
    deviceOf: createUserAgentReader(),
    placeOf: (address) => toPlace(address, databases),
  });
}

async function openDatabase<T extends CityResponse | AsnResponse>(
  config: CollectorConfig,
  name: 'geographyDatabase' | 'networkDatabase',
) {
  const path = config[name];
  if (path === '') return undefined;
  try {
    return await open<T>(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read';
    throw new ConfigError([`${SETTINGS[name].variable}: expected a .mmdb file, came ${why}`]);
  }
}
