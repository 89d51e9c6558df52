// The collector as a process of its own, on a log that it shares with the writer's process.
import { buildApp, openEnricher, Registry, readConfig } from '@retour/collector';
import { createControl } from '@retour/collector/control';
import { createEmbeddedLog } from '@retour/collector/log';

export interface CollectorTold {
  readonly port: number;
}

const [directory = '', port = '0'] = process.argv.slice(2);
const now = () => Date.now();
const config = readConfig({});
const log = await createEmbeddedLog({ directory, now });
const control = await createControl(log, { now });
const server = buildApp({
  ...{ log, control, now, config, registry: new Registry(), checks: {} },
  enrich: await openEnricher(config),
  report: (fault) => process.stderr.write(`${String(fault)}\n`),
});
await server.listen({ host: '127.0.0.1', port: Number(port) });
const address = server.server.address();
if (address === null || typeof address === 'string') throw new Error('no TCP port');
process.send?.({ port: address.port } satisfies CollectorTold);

process.once('disconnect', () => process.exit(1));
process.once('SIGTERM', async () => {
  await server.close();
  await control.stop();
  await log.close();
  process.exit(0);
});
