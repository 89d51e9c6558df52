// The fault harness as a program: `node deploy/dist/faults/main.js [rounds] [beacons per second]`.
// Ends with code 1 where anything was lost, doubled or changed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFaults } from './runFaults.ts';

const [rounds = '20', beaconsPerSecond = '150'] = process.argv.slice(2);
const directory = await mkdtemp(join(tmpdir(), 'retour-faults-'));
const say = (line: string) => process.stdout.write(`${line}\n`);
try {
  const report = await runFaults({
    ...{ directory, say },
    rounds: Number(rounds),
    beaconsPerSecond: Number(beaconsPerSecond),
  });
  const faults = [
    ...report.verdict.faults,
    ...report.changedByReplay.map((figure) => `replay: ${figure}`),
    ...report.changedInFreshEngine.map((figure) => `fresh engine: ${figure}`),
    ...(report.rejected > 0 ? [`${report.rejected} valid beacons were rejected`] : []),
  ];
  for (const fault of faults.slice(0, 50)) say(`FAULT ${fault}`);
  say(faults.length === 0 ? 'accepted == stored' : `${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await rm(directory, { recursive: true, force: true });
}
