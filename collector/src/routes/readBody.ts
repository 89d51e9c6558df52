// Reads the body of a request into one buffer and never more than the limit. By itself and not through
// Fastify's content type parsers: whatever the sender calls it, a body is bytes here, and what they do
// around that (types, async resources, hooks, schemas) costs as much as checking the beacon does.
import type { IncomingMessage } from 'node:http';
import { LIMITS } from '@retour/player-sdk/contract';

/** A body that is too large is not read further, and comes as `undefined`. An aborted one never comes. */
export function readBody(request: IncomingMessage, take: (body?: Uint8Array) => void): void {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  if (Number(request.headers['content-length']) > LIMITS.bodyBytes) {
    take();
    return;
  }
  request.on('data', (chunk: Uint8Array) => {
    sizeBytes += chunk.length;
    if (sizeBytes <= LIMITS.bodyBytes) chunks.push(chunk);
    else if (sizeBytes - chunk.length <= LIMITS.bodyBytes) take(); // Once, at the first too many.
  });
  request.on('end', () => {
    if (sizeBytes <= LIMITS.bodyBytes) take(toOne(chunks, sizeBytes));
  });
}

function toOne(chunks: readonly Uint8Array[], sizeBytes: number): Uint8Array {
  const [first] = chunks;
  return first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks, sizeBytes);
}
