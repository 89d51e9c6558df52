// The writer as a process of its own: takes the log of one directory into one ClickHouse, until a
// signal; then it finishes the batch in hand.
import { createEmbeddedLog } from '@retour/collector/log';
import { createStore } from '../store/createStore.ts';
import { readWriterConfig, WriterConfigError } from './config.ts';
import { createWriter, WRITER_GROUP } from './createWriter.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (line: string) => void process.stderr.write(`${line}\n`);

const logger = {
  info: (_: object, message: string) => say(message),
  warn: (_: object, message: string) => complain(message),
  error: (_: object, message: string) => complain(message),
};

async function run(): Promise<void> {
  const config = readWriterConfig(process.env);
  const stopped = waitForSignal();
  const { engineUrl, engineUser, enginePassword, database, backend } = config;
  const store = createStore({
    url: engineUrl,
    username: engineUser,
    password: enginePassword,
    database,
    backend,
  });
  const log = await createEmbeddedLog({ directory: config.data, now: Date.now, logger });
  try {
    await store.migrate();
    const writer = await createWriter({ log, store, now: Date.now, logger });
    say(`The writer takes ${config.data} into ${database} at ${new URL(engineUrl).origin}.`);
    await stopped;
    await writer.stop();
    const { records } = await log.lag('beacons', WRITER_GROUP);
    say(`Stopped: ${records} records are left in the log for the next writer.`);
  } finally {
    await log.close();
    await store.close();
  }
}

function waitForSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}

try {
  await run();
} catch (error) {
  const known = error instanceof WriterConfigError;
  complain(known ? error.message : String(error instanceof Error ? error.stack : error));
  process.exitCode = 1;
}
