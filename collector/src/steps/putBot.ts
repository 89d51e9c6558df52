// Marks senders whose user agent names a crawler or a headless browser. It marks only: whether bots
// count is for who asks.
import { KEPT, type Passage, type Tools, type Verdict } from './passage.ts';

export function putBot(passage: Passage, { deviceOf }: Tools): Verdict {
  passage.enrichment.bot = deviceOf(passage.arrival.userAgent).bot;
  return KEPT;
}
