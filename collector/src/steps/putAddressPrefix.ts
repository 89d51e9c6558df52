// Puts the truncated address, the only trace of it that is stored: /24 of IPv4, /48 of IPv6.
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';
import { KEPT, type Passage, type Tools, type Verdict } from './passage.ts';

export function putAddressPrefix({ arrival, enrichment }: Passage, { placeOf }: Tools): Verdict {
  enrichment.addressPrefix = placeOf(arrival.address).addressPrefix;
  return KEPT;
}

export function toAddressPrefix(address: IPv4 | IPv6): string {
  const [whole, bits] = address.kind() === 'ipv4' ? [3, 24] : [6, 48];
  return `${ipaddr.fromByteArray(address.toByteArray().fill(0, whole))}/${bits}`;
}
