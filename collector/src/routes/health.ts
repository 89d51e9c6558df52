// `/health/live`: the process answers. `/health/ready`: what it needs works now, so that it may be sent
// beacons. A stopping collector is alive and not ready.
import type { FastifyInstance } from 'fastify';
import type { Room } from './room.ts';

/** Each rejects, with a sentence, where what it asks of does not work. */
export type Checks = Readonly<Record<string, () => Promise<unknown>>>;

export function addHealthRoutes(server: FastifyInstance, room: Room, checks: Checks): void {
  server.get('/health/live', async () => ({ live: true }));
  server.get('/health/ready', async (_, reply) => {
    const found = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await toFinding(check)] as const),
    );
    const stopping = room.isStopping();
    const ready = !stopping && found.every(([, finding]) => finding === 'ok');
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ready, stopping, checks: Object.fromEntries(found) });
  });
}

async function toFinding(check: () => Promise<unknown>): Promise<string> {
  try {
    await check();
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : 'failed';
  }
}
