import { describe, expect, it } from 'vitest';
import { decodeBeacon, encodeBeacon } from '../beacon.ts';
import { readBeacon } from '../schema/readBeacon.ts';
import { HOSTILE_EXAMPLES } from './hostileExamples.ts';
import { VALID_EXAMPLES } from './validExamples.ts';

const EXAMPLES = { ...VALID_EXAMPLES, ...HOSTILE_EXAMPLES };

// `npx vitest run --project unit player-sdk/src/contract -u` writes the files; the diff is the review.
describe('VALID_EXAMPLES and HOSTILE_EXAMPLES', () => {
  it.each(Object.entries(EXAMPLES))('%s is read as its golden file says', async (name, body) => {
    const posted: unknown = JSON.parse(JSON.stringify(body));
    const beacons: readonly unknown[] = Array.isArray(posted) ? posted : [posted];
    const issues = beacons.map((beacon) => readBeacon(beacon).issues);
    const golden = JSON.stringify({ body: posted, issues }, null, 1);
    await expect(`${golden}\n`).toMatchFileSnapshot(`${name}.golden.json`);
  });

  it.each(Object.entries(VALID_EXAMPLES))('%s has no issue', (_, body) => {
    for (const sent of Array.isArray(body) ? body : [body])
      expect(readBeacon(sent).issues).toEqual([]);
  });

  it.each(Object.entries(EXAMPLES))('%s is the same after decoding and encoding', (_, body) => {
    for (const sent of Array.isArray(body) ? body : [body]) {
      const { beacon, issues } = readBeacon(sent);
      if (beacon === undefined) expect(issues.map((issue) => issue.item)).toEqual(['beacon']);
      else {
        const again = readBeacon(encodeBeacon(decodeBeacon(beacon)));
        expect(again.issues).toEqual([]);
        expect(decodeBeacon(again.beacon ?? beacon)).toEqual(decodeBeacon(beacon));
      }
    }
  });
});
