// Tells who sent a request: the socket's address, or what the trusted proxies say of it. Nobody else's
// headers are believed.
import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import type { CollectorConfig } from '../config.ts';
import type { Room } from './room.ts';

type Proxies = Pick<CollectorConfig, 'trustedProxies' | 'countryHeader'>;

export function createOriginReader({ trustedProxies, countryHeader }: Proxies): Room['originOf'] {
  if (trustedProxies.length === 0) {
    return ({ socket }) => ({ address: socket.remoteAddress ?? '', country: '' });
  }
  const trust = proxyAddr.compile([...trustedProxies]);
  return (request) => {
    const peer = request.socket.remoteAddress ?? '';
    if (!trust(peer, 0)) return { address: peer, country: '' };
    return { address: proxyAddr(request, trust), country: readCountry(request, countryHeader) };
  };
}

function readCountry({ headers }: IncomingMessage, name: string): string {
  const value = name === '' ? undefined : headers[name];
  return typeof value === 'string' ? value : '';
}
