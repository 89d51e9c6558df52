// Knows the place of an address from the operator's geography and network databases (.mmdb), which are
// read whole at the start. The last addresses are remembered, in memory only.
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import type { AsnResponse, CityResponse, Reader } from 'maxmind';
import { toAddressPrefix } from './putAddressPrefix.ts';
import type { Place, PlaceOf } from './putGeography.ts';

export interface Databases {
  readonly geography?: Pick<Reader<CityResponse>, 'get'>;
  readonly network?: Pick<Reader<AsnResponse>, 'get'>;
}

/** At most 20 MB. */
const REMEMBERED = 50_000;

const NOWHERE: Place = {
  country: '',
  region: '',
  city: '',
  asn: 0,
  network: '',
  addressPrefix: '',
};

export function createPlaceReader(databases: Databases): PlaceOf {
  const remembered = new LRUCache<string, Place>({ max: REMEMBERED });
  return (address) => {
    const known = remembered.get(address);
    if (known !== undefined) return known;
    const place = toPlace(address, databases);
    remembered.set(address, place);
    return place;
  };
}

/** Nowhere at all where it is no address: a Unix socket has none. */
function toPlace(text: string, { geography, network }: Databases): Place {
  if (!ipaddr.isValid(text)) return NOWHERE;
  const address = ipaddr.process(text); // An IPv4 address inside of IPv6 is read as IPv4.
  const found = geography?.get(address.toString());
  const owner = network?.get(address.toString());
  const country = found?.country?.iso_code ?? '';
  const region = found?.subdivisions?.[0]?.iso_code;
  return {
    country,
    region: region === undefined ? '' : `${country}-${region}`,
    city: found?.city?.names.en ?? '',
    asn: owner?.autonomous_system_number ?? 0,
    network: owner?.autonomous_system_organization ?? '',
    addressPrefix: toAddressPrefix(address),
  };
}
