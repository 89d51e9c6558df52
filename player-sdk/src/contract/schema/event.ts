// The schemas of the events, one per type. An event of a type that is not here is refused alone,
// and can be replayed once its collector knows it.
import { z } from 'zod';
import type { EventBase, EventFacts, ViewEvent } from '../event.ts';
import { LIMITS } from '../limits.ts';
import { EXIT_KINDS } from '../playState.ts';
import type { Same } from './same.ts';
import { id, label, optional, real, whole } from './value.ts';

const actor = z.enum(['user', 'player', 'browser', 'unknown']);
const slot = z.enum(['pre', 'mid', 'post', 'unknown']);
const nothing = z.object({});

const rendition = z.object({
  bitrate: optional(whole),
  width: optional(whole),
  height: optional(whole),
  codec: optional(id),
  frameRate: optional(real),
  hdr: optional(id),
  audioBitrate: optional(whole),
  audioLanguage: optional(id),
});

const hints = z.object({
  bufferMs: optional(whole),
  hidden: optional(z.boolean()),
  waitingMs: optional(whole),
  host: optional(id),
  pathway: optional(id),
  bitrate: optional(whole),
  decoder: optional(z.boolean()),
  afterSeek: optional(z.boolean()),
});

const base = {
  seq: whole.max(LIMITS.seq),
  rev: whole.max(LIMITS.rev),
  at: whole,
  ctx: whole.max(LIMITS.rev),
  pos: optional(whole),
  clock: optional(z.literal('device')),
};

/** The facts of each type, as in EventFacts. */
const facts = {
  requested: z.object({ by: z.enum(['play', 'autoplay', 'api']) }),
  playerReady: z.object({ durationMs: whole }),
  firstFrame: z.object({ of: z.enum(['content', 'ad']), startupMs: optional(whole) }),
  stall: z.object({ durationMs: optional(whole), hints: optional(hints) }),
  seek: z.object({ by: actor, from: whole, to: whole, latencyMs: optional(whole) }),
  rendition: z.object({ rendition, change: optional(z.enum(['up', 'down'])) }),
  pathway: z.object({ host: optional(id), pathway: optional(id) }),
  error: z.object({
    fatal: z.boolean(),
    category: z.enum(['network', 'media', 'drm', 'manifest', 'business', 'ad', 'unknown']),
    code: id,
    message: optional(label),
    business: optional(z.boolean()),
  }),
  pause: z.object({ by: actor, durationMs: optional(whole) }),
  resume: z.object({ by: actor }),
  suspended: z.object({ durationMs: whole }),
  adBreak: z.object({
    id: optional(id),
    slot,
    expected: optional(whole),
    durationMs: optional(whole),
  }),
  ad: z.object({
    id: optional(id),
    creative: optional(id),
    slot,
    started: z.boolean(),
    startupMs: optional(whole),
    quartile: whole.max(4),
    skipped: optional(z.boolean()),
    error: optional(id),
    durationMs: optional(whole),
  }),
  visibility: z.object({ hidden: z.boolean() }),
  presentation: z.object({ mode: z.enum(['inline', 'fullscreen', 'pip', 'cast']) }),
  captions: z.object({ language: optional(id) }),
  interaction: z.object({
    kind: z.enum(['like', 'comment', 'share', 'follow', 'reaction', 'vote', 'custom']),
    name: optional(id),
    value: optional(label),
  }),
  recommendation: z.object({
    kind: z.enum(['served', 'impression', 'click']),
    id,
    model: optional(id),
    surface: optional(id),
    items: z.array(id).max(LIMITS.recommendationItems),
    rank: optional(whole),
  }),
  ended: nothing,
  exit: z.object({ kind: z.enum(EXIT_KINDS), provisional: optional(z.boolean()) }),
};

/** What the schemas say of the facts; compiles only while it is what EventFacts says. */
type Facts = { [T in keyof typeof facts]: z.output<(typeof facts)[T]> };
export const EVENTS_ARE_TIED: Same<Facts, EventFacts> = true;
const baseSchema = z.object(base);
export const EVENT_BASE_IS_TIED: Same<z.output<typeof baseSchema>, EventBase> = true;

/** The schema of each type of event, whole: its own facts beside what every event has. */
export const eventSchemas: ReadonlyMap<string, z.ZodType<ViewEvent>> = new Map(
  Object.entries(facts).map(([type, schema]) => {
    const event = z.object({ type: z.literal(type), ...base, ...schema.shape });
    return [type, z.compile(event) as unknown as z.ZodType<ViewEvent>]; // Tied by type just above.
  }),
);
