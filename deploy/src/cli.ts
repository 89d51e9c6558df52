#!/usr/bin/env node
// `retour`: reads the settings, starts everything, says where, and drains on Ctrl-C. Whatever is
// the operator's to mend is one clear line, never a stack.
import { ConfigError } from '@retour/collector';
import { OperatorError, readConfig, USAGE } from './embedded/config.ts';
import { startEmbedded } from './embedded/start.ts';
import { describeStart, describeStop, toOperatorLine } from './embedded/words.ts';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

try {
  const config = readConfig(process.argv.slice(2), process.env);
  if (config === 'help') say(USAGE);
  else await run(config);
} catch (error) {
  process.stderr.write(`${toOperatorLine(error)}\n`);
  process.exitCode = error instanceof OperatorError || error instanceof ConfigError ? 2 : 1;
}

async function run(config: Exclude<ReturnType<typeof readConfig>, 'help'>): Promise<void> {
  const stopped = waitForStop();
  const running = await startEmbedded(config, { progress: (line) => say(`  ${line}`) });
  say(describeStart(config, running));
  const signal = await stopped;
  say(signal === 'SIGINT' ? '\nStopping: draining what was accepted …' : 'Stopping …');
  say(describeStop(await running.stop()));
}

/** The first signal asks for a clean stop; a second one does not wait for it. */
function waitForStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve(signal);
      });
    }
  });
}
