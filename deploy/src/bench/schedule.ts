// An open-loop load: each request has its moment, whatever became of those before it. Keep-alive
// connections with one request under way on each; what finds none free waits, and its wait counts.
import { connect, type Socket } from 'node:net';

export interface ScheduleOptions {
  readonly port: number;
  readonly total: number;
  /** The whole request of that number, head and body: made when it is sent, with that moment in it. */
  readonly toRequest: (n: number) => Uint8Array;
  readonly perSecond: number;
}

/** On the clock of performance.now(). */
export interface Sent {
  readonly dueAt: number;
  readonly answeredAt: number;
}

const CONNECTIONS = 200;
const TICK_MS = 2;

/** @throws At the first answer that is not 2xx. */
export async function runSchedule(options: ScheduleOptions): Promise<Sent[]> {
  const { port, total, toRequest, perSecond } = options;
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(port)));
  const free = [...sockets];
  const sent: Sent[] = [];
  const startedAt = performance.now();
  let next = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setInterval(() => {
        const due = Math.floor(((performance.now() - startedAt) * perSecond) / 1000);
        while (next < Math.min(due, total) && free.length > 0) send();
      }, TICK_MS);
      const send = (): void => {
        const socket = free.pop();
        if (socket === undefined) return;
        const request = toRequest(next);
        const dueAt = startedAt + (next * 1000) / perSecond;
        next += 1;
        ask(socket, request).then(() => {
          sent.push({ dueAt, answeredAt: performance.now() });
          free.push(socket);
          if (sent.length < total) return;
          clearInterval(timer);
          resolve();
        }, fail);
      };
      const fail = (error: unknown): void => {
        clearInterval(timer);
        reject(error);
      };
    });
  } finally {
    for (const socket of sockets) socket.destroy();
  }
  return sent;
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.setNoDelay(true).once('error', reject);
    socket.once('connect', () => resolve(socket));
  });
}

function ask(socket: Socket, request: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const take = (chunk: Buffer): void => {
      answer += chunk.toString('latin1');
      const headEnd = answer.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
      if (headEnd < 0 || answer.length < headEnd + 4 + length) return;
      socket.off('data', take);
      if (answer.startsWith('HTTP/1.1 2')) resolve();
      else reject(new Error(`expected 2xx, came ${answer}`));
    };
    socket.on('data', take);
    socket.write(request);
  });
}
