// A network that loses requests and answers as its fates say, until it is healed.

import type { Answer } from '../src/contract/transport.ts';
import type { BrowserTransport } from '../src/platform/transport.ts';
import type { FakeTimers } from './fakeTimers.ts';
import type { SimulatedCollector } from './simulatedCollector.ts';

export const RTT_MS = 40;

/** What becomes of one request. */
export type Fate = 'answered' | 'answerLost' | 'requestLost' | 'busy' | 'failing' | 'failingAfter';

export interface NetworkOptions {
  readonly fates: readonly Fate[];
  readonly timers: FakeTimers;
  readonly collector: SimulatedCollector;
  readonly trueTime: () => number;
}

export interface SimulatedNetwork {
  readonly transport: BrowserTransport;
  /** What becomes of what leaves next at unload. */
  unload: { readonly taken: boolean; readonly arrives: boolean };
  heal(): void;
}

export function createNetwork({
  fates,
  timers,
  collector,
  trueTime,
}: NetworkOptions): SimulatedNetwork {
  let sent = 0;
  let healed = false;
  const tell = (status: number, code: string) => ({
    status,
    body: JSON.stringify({ code, time: trueTime() }),
  });

  const answerTo = (url: string, body: string): Omit<Answer, 'rttMs'> => {
    const fate = healed ? 'answered' : (fates[sent % Math.max(1, fates.length)] ?? 'answered');
    sent += 1;
    if (fate === 'busy') return tell(429, 'quota');
    if (fate === 'failing') return tell(503, 'log_full');
    if (fate === 'requestLost') return { status: 0, body: '' };
    const answer = collector.take(url, body);
    if (fate === 'answerLost') return { status: 0, body: '' };
    return fate === 'failingAfter' ? { status: 502, body: 'bad gateway' } : answer;
  };
  const network: SimulatedNetwork = {
    unload: { taken: true, arrives: true },
    heal() {
      healed = true;
      network.unload = { taken: true, arrives: true };
    },
    transport: {
      get(_, done) {
        timers.after(RTT_MS / 2, () => {
          const answer = tell(200, '');
          timers.after(RTT_MS / 2, () => done({ ...answer, rttMs: RTT_MS }));
        });
        return () => undefined;
      },
      post(url, body, done) {
        let waits = true;
        const end = (answer: Answer) => {
          if (!waits) return;
          waits = false;
          done(answer);
        };
        timers.after(RTT_MS / 2, () => {
          const answer = answerTo(url, body);
          timers.after(RTT_MS / 2, () => end({ ...answer, rttMs: RTT_MS }));
        });
        return () => end({ status: 0, body: '', rttMs: 0 }); // It may be there all the same.
      },
      leave(url, body) {
        const { taken, arrives } = network.unload;
        if (taken && arrives) collector.take(url, body);
        return taken;
      },
    },
  };
  return network;
}
