// All scenarios of the kit, in the order in which they run.
import type { Scenario } from './scenario.ts';
import { STALLING } from './stalling.ts';
import { STARTING } from './starting.ts';
import { STEERING } from './steering.ts';

export type { Scenario } from './scenario.ts';

export const SCENARIOS: readonly Scenario[] = [...STARTING, ...STALLING, ...STEERING];
