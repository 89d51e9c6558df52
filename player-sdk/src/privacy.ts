// What each privacy mode lets out of a context. Whatever is sent or stored passes here, and passes
// again when the mode is tightened while it waits.
import { type Context, PRIVACY_MODES, type PrivacyMode } from './contract/context.ts';

/** The stricter of two modes. What is none, as untyped pages may say, is taken for the strictest. */
export function toStricter(a: PrivacyMode, b: PrivacyMode): PrivacyMode {
  return PRIVACY_MODES[Math.min(PRIVACY_MODES.indexOf(a), PRIVACY_MODES.indexOf(b))] || 'none';
}

/** The context as the mode allows it, never looser than it came. */
export function toPermitted(ctx: Context, mode: PrivacyMode): Context {
  const privacy = toStricter(ctx.privacy, mode);
  if (privacy === 'consented') return ctx;
  const { origin, path = '', title } = ctx.page || {};
  const { platform, mobile } = ctx.device || {};
  return Object.assign({}, ctx, {
    privacy,
    viewer: undefined,
    page: privacy === 'none' ? { origin } : { origin, path: path.split('?')[0], title },
    device: { platform, mobile },
  }) as Context; // What is undefined is not sent.
}

/** The same for a body that waits. */
export function toPermittedBody(body: string, mode: PrivacyMode): string {
  const beacon: { ctx: Context } = JSON.parse(body); // We wrote it.
  beacon.ctx = toPermitted(beacon.ctx, mode);
  return JSON.stringify(beacon);
}

/** Players quote addresses in their errors: credentials, queries and fragments are cut out. */
export function toCleanText(text: string): string {
  return text
    .replace(/(\/\\?\/)[^\s/?#]*@/g, '$1') // Also as JSON may write it: https:\/\/
    .replace(/(\S)[?#][^\s"]+|[?#][^\s"]*=[^\s"]*/g, '$1'); // Of an address, or a query by itself.
}
