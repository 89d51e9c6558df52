// Runs the put steps over a sender and remembers what they found: a view beats every ten seconds from
// the same place and device, and what is put depends on the sender alone.
import { LRUCache } from 'lru-cache';
import { ENRICHMENT } from './index.ts';
import { createDraft, type Enrich, type Enriched, type Sender, type Sources } from './passage.ts';

/** Senders; some 50 MB at most. */
const REMEMBERED = 50_000;

export function createEnrich(sources: Sources): Enrich {
  const remembered = new LRUCache<string, Enriched>({ max: REMEMBERED });
  return (sender) => {
    const key = toKey(sender);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const draft = createDraft();
    for (const put of ENRICHMENT) put(draft, sender, sources);
    const enriched = { enrichment: draft, json: JSON.stringify(draft) };
    remembered.set(key, enriched);
    return enriched;
  };
}

function toKey({ address, country, userAgent, hints }: Sender): string {
  if (hints === undefined) return `${address}\n${country}\n${userAgent}`;
  const { platform, mobile, model } = hints;
  return `${address}\n${country}\n${userAgent}\n${platform}\n${mobile}\n${model}`;
}
