import { EngineStartError } from '@retour/analytics/store';
import { LogRefusal } from '@retour/collector/log';
import { describe, expect, it } from 'vitest';
import { OperatorError } from './config.ts';
import { describeStop, toOperatorLine } from './words.ts';

describe('toOperatorLine', () => {
  it.each([
    [new OperatorError('Port 1 is taken.'), 'Port 1 is taken.'],
    [new EngineStartError('engine_failed', 'it fell', 'Lift it.'), 'it fell. Lift it.'],
    [new LogRefusal('log_full', 'no room left', 30), 'The log cannot be opened: no room left.'],
  ])('is one line where the operator can mend it', (error, line) => {
    expect(toOperatorLine(error)).toBe(line);
  });

  it('keeps the stack of a fault of ours, for a report', () => {
    expect(toOperatorLine(new TypeError('ours'))).toContain('words.test.ts');
  });
});

describe('describeStop', () => {
  it('says what was stored and what still waits', () => {
    const stopped = { accepted: 1, stored: 2_000, waiting: 0, seconds: 0.12 };
    expect(describeStop(stopped)).toBe(
      'Stopped in 0.1 s: 1 beacon accepted, 2,000 rows stored; everything accepted is stored.',
    );
    expect(describeStop({ ...stopped, waiting: 3 })).toContain('3 beacons wait in the log');
  });
});
