// The pipeline: three lists of named steps, in the order in which they run. Nothing here knows HTTP,
// and nothing throws because of what a sender sent.
import { chargeBody } from './chargeBody.ts';
import { checkClock } from './checkClock.ts';
import { dropBadQuery } from './dropBadQuery.ts';
import { dropForeignOrigin } from './dropForeignOrigin.ts';
import { dropOverQuota } from './dropOverQuota.ts';
import { dropUnknownKey } from './dropUnknownKey.ts';
import { inflate } from './inflate.ts';
import { parse } from './parse.ts';
import type { Arrival, BeaconStep, RequestStep, Tools, Verdict } from './passage.ts';
import { KEPT } from './passage.ts';
import { putAddressPrefix } from './putAddressPrefix.ts';
import { putBot } from './putBot.ts';
import { putDevice } from './putDevice.ts';
import { putGeography } from './putGeography.ts';
import { putToken } from './putToken.ts';
import { validateBeacon } from './validateBeacon.ts';

/** Whether the request may come in at all; also asked where its body could not be read. */
export const ADMISSION: readonly RequestStep[] = [dropUnknownKey, dropForeignOrigin, dropOverQuota];

/** From the bytes to the beacons in them. Parameters and clock come before a byte is inflated. */
export const READING: readonly RequestStep[] = [
  dropBadQuery,
  checkClock,
  inflate,
  parse,
  chargeBody,
];

/** What happens to each beacon. */
export const BEACON: readonly BeaconStep[] = [
  validateBeacon,
  putDevice,
  putGeography,
  putBot,
  putAddressPrefix,
  putToken,
];

const WHOLE: readonly RequestStep[] = [...ADMISSION, ...READING];

/** Runs a request up to its parsed beacons. Only a large gzip body makes it wait. */
export function readArrival(arrival: Arrival, tools: Tools): Verdict | Promise<Verdict> {
  return walk(WHOLE, arrival, tools);
}

/** Runs a request whose body could not be read. */
export function admit(arrival: Arrival, tools: Tools): Verdict | Promise<Verdict> {
  return walk(ADMISSION, arrival, tools);
}

function walk(
  steps: readonly RequestStep[],
  arrival: Arrival,
  tools: Tools,
): Verdict | Promise<Verdict> {
  for (let i = 0; i < steps.length; i += 1) {
    const verdict = steps[i]?.(arrival, tools) ?? KEPT;
    if (verdict instanceof Promise) {
      return verdict.then((late) => (late.kept ? walk(steps.slice(i + 1), arrival, tools) : late));
    }
    if (!verdict.kept) return verdict;
  }
  return KEPT;
}
