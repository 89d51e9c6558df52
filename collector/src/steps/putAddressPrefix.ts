// Puts the truncated address, the only trace of it that is stored: /24 of IPv4, /48 of IPv6.
import ipaddr from 'ipaddr.js';
import type { Draft, Sender } from './passage.ts';

export function putAddressPrefix(draft: Draft, { address }: Sender): void {
  draft.addressPrefix = toAddressPrefix(address);
}

/** Empty text where it is no address: a Unix socket has none. */
function toAddressPrefix(text: string): string {
  if (!ipaddr.isValid(text)) return '';
  const address = ipaddr.process(text); // An IPv4 address inside of IPv6 is read as IPv4.
  const [whole, bits] = address.kind() === 'ipv4' ? [3, 24] : [6, 48];
  return `${ipaddr.fromByteArray(address.toByteArray().fill(0, whole))}/${bits}`;
}
