// The writer and the engine that it feeds, as the embedded mode runs them: the engine is its child, so
// that a kill of this process takes both, and a kill of the engine leaves this one to start it again.
import { createEngine, createStore } from '@retour/analytics/store';
import { createWriter } from '@retour/analytics/writer';
import { createEmbeddedLog } from '@retour/collector/log';

export interface WriterTold {
  readonly url: string;
  readonly password: string;
  readonly enginePid: number;
}

const [logDirectory = '', engineDirectory = ''] = process.argv.slice(2);
const now = () => Date.now();
const log = await createEmbeddedLog({ directory: logDirectory, now });
const engine = await createEngine({ directory: engineDirectory });
const { url, password } = engine;
const store = createStore({ url, password, database: 'retour' });
await store.migrate();
const writer = await createWriter({ log, store, engine, now });
const tell = () => process.send?.({ url, password, enginePid: engine.pid } satisfies WriterTold);
tell();
engine.onUncleanStop(tell);

process.once('disconnect', () => process.exit(1));
process.once('SIGTERM', async () => {
  await writer.stop();
  await store.close();
  await engine.stop();
  await log.close();
  process.exit(0);
});
