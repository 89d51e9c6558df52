// Marks senders whose user agent names a crawler or a headless browser. It marks only: whether bots
// count is for who asks.
import type { Draft, Sender, Sources } from './passage.ts';

export function putBot(draft: Draft, { userAgent }: Sender, { deviceOf }: Sources): void {
  draft.bot = deviceOf(userAgent).bot;
}
