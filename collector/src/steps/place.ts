// Knows the place of an address from the operator's geography and network databases (.mmdb), which are
// read whole at the start.
import ipaddr from 'ipaddr.js';
import type { AsnResponse, CityResponse, Reader } from 'maxmind';
import type { Enrichment } from '../log/record.ts';

export type Place = Pick<Enrichment, 'country' | 'region' | 'city' | 'asn' | 'network'>;

export interface Databases {
  readonly geography: Pick<Reader<CityResponse>, 'get'> | undefined;
  readonly network: Pick<Reader<AsnResponse>, 'get'> | undefined;
}

const NOWHERE: Place = { country: '', region: '', city: '', asn: 0, network: '' };

/** Nowhere where it is no address: a Unix socket has none. */
export function toPlace(text: string, { geography, network }: Databases): Place {
  if (!ipaddr.isValid(text)) return NOWHERE;
  const address = ipaddr.process(text).toString(); // IPv4 inside of IPv6 is looked up as IPv4.
  const found = geography?.get(address);
  const owner = network?.get(address);
  const country = found?.country?.iso_code ?? '';
  const region = found?.subdivisions?.[0]?.iso_code;
  return {
    country,
    region: region === undefined ? '' : `${country}-${region}`,
    city: found?.city?.names.en ?? '',
    asn: owner?.autonomous_system_number ?? 0,
    network: owner?.autonomous_system_organization ?? '',
  };
}
