// The way to one client. At most one message is under way; while it is, only the newest waits. So a
// slow client falls back to the latest state and costs one message of memory, never a queue.

export interface OutletSocket {
  /** Calls back once the bytes left for the network, or failed to. */
  send(text: string, done: (error?: Error | null) => void): void;
}

export interface Outlet {
  push(text: string): void;
  close(): void;
}

export function createOutlet(socket: OutletSocket): Outlet {
  let underWay = false;
  let newest: string | null = null;
  let closed = false;

  function push(text: string): void {
    if (closed) return;
    if (underWay) {
      newest = text;
      return;
    }
    underWay = true;
    socket.send(text, (error) => {
      underWay = false;
      // A socket that failed is closed by its own event; nothing more is sent into it.
      if (error || newest === null) return;
      const next = newest;
      newest = null;
      push(next);
    });
  }

  return {
    push,
    close() {
      closed = true;
      newest = null;
    },
  };
}
