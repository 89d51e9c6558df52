import { describe, expect, it } from 'vitest';
import { createOutlet } from './outlet.ts';

function setUp() {
  const sent: string[] = [];
  const done: ((error?: Error) => void)[] = [];
  const outlet = createOutlet({
    send(text, callBack) {
      sent.push(text);
      done.push(callBack);
    },
  });
  return { sent, outlet, drain: (error?: Error) => done.shift()?.(error) };
}

describe('createOutlet', () => {
  it('gives a slow client the newest state and never a queue', () => {
    const { sent, outlet, drain } = setUp();
    for (let i = 1; i <= 100; i += 1) outlet.push(`state ${i}`);
    expect(sent).toEqual(['state 1']);
    drain();
    expect(sent).toEqual(['state 1', 'state 100']);
    drain();
    expect(sent).toHaveLength(2);
    outlet.push('state 101');
    expect(sent.at(-1)).toBe('state 101');
  });

  it('sends nothing more into a socket that failed, nor after its end', () => {
    const { sent, outlet, drain } = setUp();
    outlet.push('a');
    outlet.push('b');
    drain(new Error('gone'));
    expect(sent).toEqual(['a']);
    outlet.close();
    outlet.push('c');
    expect(sent).toEqual(['a']);
  });
});
