// WebDriver BiDi over its socket: commands and the events that answer nothing.
import { WebSocket } from 'ws';

export interface Bidi {
  /** @throws Error with what the browser says of a command that it refuses. */
  send<T>(method: string, params: object): Promise<T>;
  on(event: string, listen: (params: Readonly<Record<string, unknown>>) => void): void;
  close(): void;
}

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** @param url Of the browser's socket, `ws:`. */
export async function connectBidi(url: string): Promise<Bidi> {
  const socket = new WebSocket(url);
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, (params: Readonly<Record<string, unknown>>) => void>();
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('message', (data) => {
    const { id, method, params, result, error, message } = JSON.parse(String(data)) as Answer; // BiDi's own.
    if (id === undefined) {
      listeners.get(method ?? '')?.(params ?? {});
      return;
    }
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error === undefined) resolve?.(result);
    else reject?.(new Error(`${error}: ${message}`));
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The browser has closed.'));
    waiting.clear();
  });
  let sent = 0;
  return {
    send: <T>(method: string, params: object) =>
      new Promise<T>((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) throw new Error('The browser has closed.');
        sent += 1;
        waiting.set(sent, { resolve: (result) => resolve(result as T), reject }); // As the method has it.
        socket.send(JSON.stringify({ id: sent, method, params }));
      }),
    on: (event, listen) => void listeners.set(event, listen),
    close: () => socket.terminate(),
  };
}
