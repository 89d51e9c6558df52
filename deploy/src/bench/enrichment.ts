// What the collector found out about the senders of the benches that start behind it.
import type { Enrichment } from '@retour/collector/log';

export const BENCH_ENRICHMENT: Enrichment = {
  country: 'FR',
  region: 'FR-IDF',
  city: 'Paris',
  asn: 3215,
  network: 'Orange S.A.',
  browser: 'Chrome',
  browserVersion: '141',
  os: 'Windows',
  osVersion: '10',
  deviceType: 'desktop',
  deviceMaker: '',
  deviceModel: '',
  bot: false,
  addressPrefix: '192.0.2.0/24',
};
