// The pipeline: four lists of named steps, in the order in which they run. Nothing here knows HTTP,
// and nothing throws because of what a sender sent.
import { chargeBody } from './chargeBody.ts';
import { checkClock } from './checkClock.ts';
import { dropBadQuery } from './dropBadQuery.ts';
import { dropForeignOrigin } from './dropForeignOrigin.ts';
import { dropOverQuota } from './dropOverQuota.ts';
import { dropUnknownKey } from './dropUnknownKey.ts';
import { inflate } from './inflate.ts';
import { parse } from './parse.ts';
import {
  type AdmissionStep,
  type Arrival,
  type BeaconStep,
  type EnrichStep,
  KEPT,
  type ReadingStep,
  type Tools,
  type Verdict,
} from './passage.ts';
import { putAddressPrefix } from './putAddressPrefix.ts';
import { putBody } from './putBody.ts';
import { putBot } from './putBot.ts';
import { putDevice } from './putDevice.ts';
import { putEnrichment } from './putEnrichment.ts';
import { putGeography } from './putGeography.ts';
import { putToken } from './putToken.ts';
import { validateBeacon } from './validateBeacon.ts';

/** Whether the request may come in at all; also asked where its body could not be read. */
export const ADMISSION: readonly AdmissionStep[] = [
  dropUnknownKey,
  dropForeignOrigin,
  dropOverQuota,
];

/** From the bytes to the beacons in them. Parameters and clock come before a byte is inflated. */
export const READING: readonly ReadingStep[] = [
  dropBadQuery,
  checkClock,
  inflate,
  parse,
  chargeBody,
];

/** What happens to each beacon. */
export const BEACON: readonly BeaconStep[] = [validateBeacon, putBody, putEnrichment, putToken];

/** What `putEnrichment` finds out about a sender, once for all of its beacons. */
export const ENRICHMENT: readonly EnrichStep[] = [
  putDevice,
  putGeography,
  putBot,
  putAddressPrefix,
];

/** Whether a request is let in; all that is asked where its body could not be read. */
export function admit(arrival: Arrival, tools: Tools): Verdict {
  for (const step of ADMISSION) {
    const verdict = step(arrival, tools);
    if (!verdict.kept) return verdict;
  }
  return KEPT;
}

/** Lets a request in and reads it up to its parsed beacons. Only a large gzip body makes it wait. */
export function readArrival(arrival: Arrival, tools: Tools): Verdict | Promise<Verdict> {
  const verdict = admit(arrival, tools);
  return verdict.kept ? read(READING, arrival) : verdict;
}

function read(steps: readonly ReadingStep[], arrival: Arrival): Verdict | Promise<Verdict> {
  for (const [index, step] of steps.entries()) {
    const verdict = step(arrival);
    if (verdict instanceof Promise) {
      return verdict.then((late) => (late.kept ? read(steps.slice(index + 1), arrival) : late));
    }
    if (!verdict.kept) return verdict;
  }
  return KEPT;
}
