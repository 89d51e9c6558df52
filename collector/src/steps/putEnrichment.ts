// Puts what is found out about the sender beside its beacon.
import { KEPT, type Passage, type Tools, type Verdict } from './passage.ts';

export function putEnrichment(passage: Passage, { enrich }: Tools): Verdict {
  const { address, country, userAgent } = passage.arrival;
  const hints = passage.beacon.ctx.device;
  passage.enriched = enrich({ address, country, userAgent, hints });
  return KEPT;
}
