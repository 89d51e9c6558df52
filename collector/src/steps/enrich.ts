// Runs the put steps over a sender and remembers what they found: a view beats every ten seconds from
// the same place and device, and what is put depends on the sender alone.
import type { Device } from '@retour/player-sdk/contract';
import { ENRICHMENT } from './index.ts';
import { createDraft, type Enrich, type Enriched, type Sender, type Sources } from './passage.ts';

/** Senders, some 50 MB; then all are forgotten and found again at their next beat. */
const REMEMBERED = 50_000;

/** A longer user agent is looked up each time: no real one is. */
const LONGEST = 512;

/** What was found, and what it depends on beside address and user agent. */
interface Known extends Enriched {
  readonly country: string;
  readonly hints: Device | undefined;
}

export function createEnrich(sources: Sources): Enrich {
  // By user agent, then by address: a key made of both would have to be copied and hashed each time.
  const remembered = new Map<string, Map<string, Known>>();
  let count = 0;

  function remember({ userAgent, address }: Sender, known: Known): void {
    if (count >= REMEMBERED) {
      remembered.clear();
      count = 0;
    }
    const byAddress = remembered.get(userAgent) ?? new Map<string, Known>();
    if (!byAddress.has(address)) count += 1;
    remembered.set(userAgent, byAddress.set(address, known));
  }

  return (sender) => {
    const known = remembered.get(sender.userAgent)?.get(sender.address);
    if (known !== undefined && isOf(known, sender)) return known;
    const found = find(sender, sources);
    if (sender.userAgent.length <= LONGEST) remember(sender, found);
    return found;
  };
}

function isOf(known: Known, { country, hints }: Sender): boolean {
  return (
    known.country === country &&
    known.hints?.platform === hints?.platform &&
    known.hints?.mobile === hints?.mobile &&
    known.hints?.model === hints?.model
  );
}

function find(sender: Sender, sources: Sources): Known {
  const enrichment = createDraft();
  for (const put of ENRICHMENT) put(enrichment, sender, sources);
  const { country, hints } = sender;
  return { enrichment, json: JSON.stringify(enrichment), country, hints };
}
