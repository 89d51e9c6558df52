// All scenarios of the kit, in the order in which they run.
import { ADAPTING } from './adapting.ts';
import { ADVERTISING } from './advertising.ts';
import { ENDING } from './ending.ts';
import { FAILING } from './failing.ts';
import { LEAVING } from './leaving.ts';
import { LIVING } from './living.ts';
import type { Scenario } from './scenario.ts';
import { STALLING } from './stalling.ts';
import { STARTING } from './starting.ts';
import { STEERING } from './steering.ts';
import { TIMING } from './timing.ts';

export const SCENARIOS: readonly Scenario[] = [
  ...STARTING,
  ...STALLING,
  ...STEERING,
  ...ADAPTING,
  ...LIVING,
  ...FAILING,
  ...ENDING,
  ...TIMING,
  ...LEAVING,
  ...ADVERTISING,
];
