// What the one command says: where everything is, what a stop did, what the operator can mend.
import { EngineStartError } from '@retour/analytics/store';
import { ConfigError } from '@retour/collector';
import { LogRefusal } from '@retour/collector/log';
import { type EmbeddedConfig, OperatorError } from './config.ts';
import type { Running, Stopped } from './start.ts';

/** The token stands behind a #: browsers never send that part to any server. */
export function describeStart(config: EmbeddedConfig, { access, endpoint }: Running): string {
  const { publicUrl, directory } = config;
  return `
Retour is running.

  Console   ${publicUrl}/#token=${access.readToken}
  Sample    ${publicUrl}/sample/?key=${access.writeKey}&endpoint=${endpoint}
  Beacons   ${endpoint}/${access.writeKey}

Data is kept in ${directory}. Press Ctrl-C to stop.
`;
}

export function describeStop({ accepted, stored, waiting, seconds }: Stopped): string {
  const beacons = (n: number): string => `${n.toLocaleString('en')} beacon${n === 1 ? '' : 's'}`;
  const rest =
    waiting === 0
      ? 'everything accepted is stored'
      : `${beacons(waiting)} wait in the log and are stored at the next start`;
  return `Stopped in ${seconds.toFixed(1)} s: ${beacons(accepted)} accepted, ${stored.toLocaleString('en')} rows stored; ${rest}.`;
}

/** One line and a remedy where the operator can mend it; else the whole error, for a report. */
export function toOperatorLine(error: unknown): string {
  if (error instanceof OperatorError || error instanceof ConfigError) return error.message;
  if (error instanceof EngineStartError) return `${error.message}. ${error.remedy}`;
  if (error instanceof LogRefusal) return `The log cannot be opened: ${error.message}.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
