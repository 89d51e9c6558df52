// Puts country, region, city and network of the sender's address: from the operator's databases, else
// the country from the CDN's header. The address itself ends here.
import type { Draft, Sender, Sources } from './passage.ts';

/** ISO 3166-1 alpha-2. CDNs write XX or T1 where they do not know. */
const COUNTRY = /^(?!XX)[A-Z]{2}$/;

export function putGeography(
  draft: Draft,
  { address, country }: Sender,
  { placeOf }: Sources,
): void {
  const place = placeOf(address);
  draft.country = place.country || toCountry(country);
  draft.region = place.region;
  draft.city = place.city;
  draft.asn = place.asn;
  draft.network = place.network;
}

function toCountry(header: string): string {
  const country = header.toUpperCase();
  return COUNTRY.test(country) ? country : '';
}
