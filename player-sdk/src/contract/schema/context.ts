// The schema of a view's context. Unknown keys are stripped here and survive in the logged body.
import { z } from 'zod';
import { type Context, PRIVACY_MODES } from '../context.ts';
import { LIMITS } from '../limits.ts';
import type { Same } from './same.ts';
import { id, label, labels, optional, real, token, whole } from './value.ts';

const asset = z.object({
  id: id.min(1),
  title: optional(label),
  series: optional(z.object({ id, title: optional(label) })),
  durationMs: optional(whole),
  streamType: optional(z.enum(['vod', 'live', 'unknown'])),
  work: optional(z.object({ isan: optional(id), eidr: optional(id) })),
  variant: optional(id),
});

const device = z.object({
  platform: optional(id),
  mobile: optional(z.boolean()),
  brands: optional(id),
  model: optional(id),
  screenWidth: optional(whole),
  screenHeight: optional(whole),
  pixelRatio: optional(real),
  language: optional(id),
});

const connection = z.object({
  type: optional(id),
  effectiveType: optional(id),
  downlinkKbps: optional(whole),
  rttMs: optional(whole),
  saveData: optional(z.boolean()),
});

const page = z.object({
  origin: optional(label),
  path: optional(label),
  title: optional(label),
  referrer: optional(label),
});

export const contextSchema = z.object({
  rev: whole.max(LIMITS.rev),
  asset,
  player: z.object({ name: id, version: optional(id), adapter: id }),
  privacy: z.enum(PRIVACY_MODES),
  weight: whole.min(1).max(LIMITS.weight),
  page: optional(page),
  device: optional(device),
  connection: optional(connection),
  viewer: optional(z.object({ id })),
  experiments: optional(labels(LIMITS.experiments)),
  custom: optional(labels(LIMITS.customDimensions)),
  recommendation: optional(id),
  drm: optional(id),
  token: optional(token),
});

/** Compiles only while the schema and the type say the same. */
export const CONTEXT_IS_TIED: Same<z.output<typeof contextSchema>, Context> = true;
