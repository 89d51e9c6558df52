// Puts country, region, city and network of the sender's address: from the operator's databases, else
// the country from the CDN's header. The address itself ends here.
import type { Enrichment } from '../log/record.ts';
import { KEPT, type Passage, type Tools, type Verdict } from './passage.ts';

export type Place = Pick<
  Enrichment,
  'country' | 'region' | 'city' | 'asn' | 'network' | 'addressPrefix'
>;

export type PlaceOf = (address: string) => Place;

/** ISO 3166-1 alpha-2. CDNs write XX or T1 where they do not know. */
const COUNTRY = /^(?!XX)[A-Z]{2}$/;

export function putGeography({ arrival, enrichment }: Passage, { placeOf }: Tools): Verdict {
  const place = placeOf(arrival.address);
  enrichment.country = place.country || toCountry(arrival.country);
  enrichment.region = place.region;
  enrichment.city = place.city;
  enrichment.asn = place.asn;
  enrichment.network = place.network;
  return KEPT;
}

function toCountry(header: string): string {
  const country = header.toUpperCase();
  return COUNTRY.test(country) ? country : '';
}
