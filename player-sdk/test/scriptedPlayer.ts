// A player that says what it is told to say: what tests put in a real one's place.
import type { Adapter, Port } from '../src/adapters/adapter.ts';
import type { Sample } from '../src/contract/signal.ts';

export interface ScriptedPlayer {
  readonly adapter: Adapter;
  /** What it reports through, once it is attached. */
  readonly port: () => Port | undefined;
  /** How often it was let go of. */
  readonly detached: () => number;
  readonly emit: Port['emit'];
  /** It plays, but for what is changed. */
  readonly sample: (position: number, change?: Partial<Sample>) => void;
}

/** @param onAttach Called when it is attached. @param onDetach Called when it is let go of. */
export function createScriptedPlayer(
  onAttach?: (port: Port) => void,
  onDetach?: () => void,
): ScriptedPlayer {
  let port: Port | undefined;
  let detached = 0;
  const emit: Port['emit'] = (type, facts) => port?.emit(type, facts);
  return {
    adapter: {
      player: { name: 'scripted', adapter: 'test' },
      attach(given) {
        onAttach?.(given);
        port = given;
        return () => {
          detached += 1;
          onDetach?.();
        };
      },
    },
    port: () => port,
    detached: () => detached,
    emit,
    sample: (position, change = {}) =>
      emit('sample', {
        position,
        rate: 1,
        readyState: 4,
        paused: false,
        seeking: false,
        ended: false,
        ...change,
      }),
  };
}
