// Sequences of signals by chance, each from a seed of its own that a failure names. A share of them
// runs with every test; the whole million by
// `RETOUR_FUZZ_SEQUENCES=1000000 npx vitest run --project slow player-sdk/src/meter/fuzz`.
import { describe, expect, it } from 'vitest';
import { auditSignals } from '../../test/auditSignals.ts';
import { createSignals } from '../../test/randomSignals.ts';

const SEQUENCES = Number(process.env.RETOUR_FUZZ_SEQUENCES ?? 10_000);
/** Other sequences in every run, unless one is asked for. */
const FIRST_SEED = Number(process.env.RETOUR_FUZZ_SEED ?? Date.now() % 1_000_000_000);
/** What a view's meter may hold and what may be left of the sequences before it, together. */
const MAX_HEAP_GROWTH_BYTES = 200e6;

describe('createMeter, on signals by chance', () => {
  it('makes valid rows that add up, whatever comes, within bounded memory', () => {
    console.log(`fuzz: ${SEQUENCES} sequences from seed ${FIRST_SEED}`);
    const [startedAt, heapBefore] = [Date.now(), process.memoryUsage().heapUsed];
    let [signals, slices, events, mostHeap] = [0, 0, 0, 0];
    for (let i = 0; i < SEQUENCES; i += 1) {
      const seed = FIRST_SEED + i;
      const sequence = createSignals(seed);
      try {
        const rows = auditSignals(sequence, 3 + (seed % 20));
        slices += rows.slices.size;
        events += rows.events.size;
      } catch (error) {
        throw new Error(`seed ${seed}: keep it in totality.test.ts`, { cause: error });
      }
      signals += sequence.length;
      if (i % 1_000 === 0) mostHeap = Math.max(mostHeap, process.memoryUsage().heapUsed);
    }
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    const heapMb = Math.round((mostHeap - heapBefore) / 1e6);
    console.log(
      `fuzz: ${signals} signals made ${slices} slices and ${events} events in ${seconds} s; ` +
        `the heap grew by ${heapMb} MB at most`,
    );
    expect(mostHeap - heapBefore).toBeLessThan(MAX_HEAP_GROWTH_BYTES);
    expect(slices).toBeGreaterThan(SEQUENCES / 2);
  }, 3_600_000);
});
