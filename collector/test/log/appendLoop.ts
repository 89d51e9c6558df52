// A process that appends numbered records to a log and prints each number once it is acknowledged,
// until its count is reached, it is refused or it is killed. Run by the tests of crashes and of the disk's sync.
import { writeSync } from 'node:fs';
import { createEmbeddedLog, LogRefusal } from '@retour/collector/log';

const [directory = '', name = '', count = '0', writers = '1'] = process.argv.slice(2);
const log = await createEmbeddedLog({ directory, now: Date.now });
const value = new Uint8Array(700).fill(0x2e);
let next = 0;

async function appendNext(): Promise<void> {
  while (next < Number(count)) {
    const key = `<${name}-${next}>`;
    next += 1;
    try {
      await log.append('beacons', [{ key, value }]);
    } catch (error) {
      if (!(error instanceof LogRefusal)) throw error;
      writeSync(1, `refused: ${error.code}\n`);
      return;
    }
    // Synchronous, so that the line leaves no earlier and no later than this.
    writeSync(1, `${key}\n`);
  }
}

await Promise.all(Array.from({ length: Number(writers) }, appendNext));
await log.close();
