// The engine of the embedded mode, with the bounds that suit a machine that runs everything else too.
import { mkdir } from 'node:fs/promises';
import { createEngine, type Engine, type EngineLogger } from '@retour/analytics/store';

export async function openEngine(directory: string, logger: EngineLogger): Promise<Engine> {
  await mkdir(directory, { recursive: true });
  return createEngine({ directory, logger });
}
