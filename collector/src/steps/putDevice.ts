// Puts browser, system and device: what the page itself reports first (client hints), then what the
// user agent says. Guesses nothing beyond.
import type { Device } from '@retour/player-sdk/contract';
import { KEPT, type Passage, type Tools, type Verdict } from './passage.ts';
import type { UserAgent } from './userAgent.ts';

export type DeviceOf = (userAgent: string) => UserAgent;

export function putDevice({ arrival, beacon, enrichment }: Passage, { deviceOf }: Tools): Verdict {
  const said = deviceOf(arrival.userAgent);
  const hints = beacon.ctx.device;
  enrichment.browser = said.browser;
  enrichment.browserVersion = said.browserVersion;
  enrichment.os = said.os || (hints?.platform ?? '');
  enrichment.osVersion = said.osVersion;
  enrichment.deviceType = toDeviceType(said, hints);
  enrichment.deviceMaker = said.deviceMaker;
  enrichment.deviceModel = hints?.model || said.deviceModel;
  return KEPT;
}

/** `mobile` is a phone: Chromium answers false on tablets, whatever their user agent says. */
function toDeviceType(said: UserAgent, hints: Device | undefined): UserAgent['deviceType'] {
  if (hints?.mobile === true && said.deviceType === '') return 'phone';
  return said.deviceType;
}
