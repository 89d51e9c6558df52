// The codes of the states, beside the contract's list of them.
import { describe, expect, it } from 'vitest';
import { PLAY_STATES, TIMED_STATES } from '../contract/index.ts';
import * as state from './state.ts';

describe('the codes of the states', () => {
  it('are their places in the list of the contract', () => {
    const { TIMES, isIdle, ...codes } = state;
    const named = PLAY_STATES.map((name, code) => [name.toUpperCase(), code]);
    expect(codes).toEqual(Object.fromEntries(named));
    expect(TIMES).toEqual([...TIMED_STATES.map((name) => `${name}Ms`), 'hiddenMs']);
    const idle = PLAY_STATES.filter((_, code) => isIdle(code));
    expect(idle).toEqual(['idle', 'paused', 'suspended', 'ended', 'failed']);
    expect(TIMED_STATES[0]).toBe(PLAY_STATES[state.STARTING]);
  });
});
