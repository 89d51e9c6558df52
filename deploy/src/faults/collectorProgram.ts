// The collector's own program, as an operator runs it, on a log that it shares with the writer's
// process. Beside it only what a child of the harness owes: to say when it is ready, to end with it.
import { setTimeout as sleep } from 'node:timers/promises';

export interface CollectorTold {
  readonly port: number;
}

const [directory = '', port = '0'] = process.argv.slice(2);
process.env.RETOUR_DATA = directory;
process.env.RETOUR_PORT = port;
process.once('disconnect', () => process.exit(1));
// It runs until it is told to stop, or fails to start; only the channel would keep it alive then.
import('@retour/collector/main').then(() => process.exit());

const isReady = () =>
  fetch(`http://127.0.0.1:${port}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
while (!(await isReady())) await sleep(20);
process.send?.({ port: Number(port) } satisfies CollectorTold);
