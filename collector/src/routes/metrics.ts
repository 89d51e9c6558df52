// `/metrics`: what is counted, for Prometheus. It lies outside of the beacons' path, so that a proxy
// which passes on that path alone does not show it to the world.
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

export function addMetricsRoute(server: FastifyInstance, registry: Registry): void {
  server.get('/metrics', async (_, reply) =>
    reply.header('content-type', registry.contentType).send(await registry.metrics()),
  );
}
