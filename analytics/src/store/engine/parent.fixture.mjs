// A parent that opens an engine, says so and waits to be killed.
import { fork } from 'node:child_process';

const [entry, directory] = process.argv.slice(2);
const engine = fork(entry, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
engine.once('message', () => process.send('ready'));
const limits = {
  writers: 1,
  readers: 1,
  queue: 1,
  executionS: 9,
  memoryBytes: 1e9,
  bodyBytes: 1e6,
};
engine.send({ type: 'open', directory, password: 'x', port: 0, limits });
