// Reads what an answer of the collector says: its settings, and its time.
import type { PrivacyMode } from '../contract/context.ts';
import type { Settings } from '../contract/refusal.ts';

/** Strictest first: settings can only tighten what the page decided. */
const PRIVACY_MODES: readonly PrivacyMode[] = ['none', 'exempt', 'consented'];

/** Heartbeats outside of these bounds are not obeyed, ms. */
export const HEARTBEAT_MS = { default: 10_000, least: 5_000, most: 60_000 } as const;

/** The server's time in any answer of ours (settings, acceptance, refusal), else undefined. */
export function readServerTime(body: string): number | undefined {
  const time = parse(body).time;
  return typeof time === 'number' && time > 0 ? time : undefined;
}

/** The settings, with what is missing or out of bounds left as the page has it. */
export function readSettings(body: string): Partial<Settings> {
  const { time, heartbeatMs, sampling, privacy } = parse(body);
  const mode = PRIVACY_MODES.find((known) => known === privacy);
  return {
    ...(isWithin(time, 1, Number.MAX_SAFE_INTEGER) && { time }),
    ...(isWithin(heartbeatMs, HEARTBEAT_MS.least, HEARTBEAT_MS.most) && { heartbeatMs }),
    ...(isWithin(sampling, 0, 1) && { sampling }),
    ...(mode && { privacy: mode }),
  };
}

/** The stricter of two modes. */
export function toStricter(a: PrivacyMode, b: PrivacyMode): PrivacyMode {
  return PRIVACY_MODES.indexOf(a) < PRIVACY_MODES.indexOf(b) ? a : b;
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}

/** What is not a JSON object of ours (a captive portal's page) says nothing. */
function parse(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
