// Puts browser, system and device: what the page itself reports first (client hints), then what the
// user agent says. Guesses nothing beyond.
import type { Device } from '@retour/player-sdk/contract';
import type { Draft, Sender, Sources } from './passage.ts';
import type { UserAgent } from './userAgent.ts';

export function putDevice(draft: Draft, { userAgent, hints }: Sender, { deviceOf }: Sources): void {
  const said = deviceOf(userAgent);
  draft.browser = said.browser;
  draft.browserVersion = said.browserVersion;
  draft.os = said.os || (hints?.platform ?? '');
  draft.osVersion = said.osVersion;
  draft.deviceType = toDeviceType(said, hints);
  draft.deviceMaker = said.deviceMaker;
  draft.deviceModel = hints?.model || said.deviceModel;
}

/** `mobile` is a phone: Chromium answers false on tablets, whatever their user agent says. */
function toDeviceType(said: UserAgent, hints: Device | undefined): UserAgent['deviceType'] {
  if (hints?.mobile === true && said.deviceType === '') return 'phone';
  return said.deviceType;
}
