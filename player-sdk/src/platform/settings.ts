// Reads what an answer of the collector says, distrusted: what is missing or out of bounds is absent.
import { PRIVACY_MODES } from '../contract/context.ts';
import type { Settings } from '../contract/refusal.ts';

/** Heartbeats outside of these bounds are not obeyed, ms. */
export const HEARTBEAT_MS = { default: 10_000, least: 5_000, most: 60_000 } as const;

/** No answer of ours is longer, characters. What is longer is not even parsed. */
export const ANSWER_CHARS = 10_000;

/** Of settings, acceptance or refusal: what is not a JSON object of ours says nothing. */
export function readAnswer(body: string): Readonly<Record<string, unknown>> {
  try {
    return Object(body.length < ANSWER_CHARS && JSON.parse(body));
  } catch {
    return {}; // The page of something in between.
  }
}

/** The settings in it, with what is missing or out of bounds left as the page has it. */
export function toSettings({
  heartbeatMs,
  privacy,
  sampling,
}: Readonly<Record<string, unknown>>): Partial<Settings> {
  const settings: { -readonly [K in keyof Settings]?: Settings[K] } = {};
  const mode = PRIVACY_MODES.find((known) => known === privacy);
  if (mode) settings.privacy = mode;
  if (isWithin(heartbeatMs, HEARTBEAT_MS.least, HEARTBEAT_MS.most))
    settings.heartbeatMs = heartbeatMs;
  if (isWithin(sampling, 0, 1)) settings.sampling = sampling;
  return settings;
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}
