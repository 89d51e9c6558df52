// Keeps bodies in IndexedDB, for all tabs of an origin. What the browser lacks, blocks or has no room
// for changes nothing: nobody is called back, and the bodies stay in memory.
import type { LossReason } from '../contract/beacon.ts';
import type { Store, Stored } from '../contract/store.ts';

export const OFFLINE_LIMITS = {
  /** All that lies here for one address, characters. Beyond, the oldest goes: `storageFull`. */
  size: 2_097_152,
  /** Beyond: `tooOld`. A day less than the collector's lateness horizon. */
  ageMs: 6 * 86_400_000,
  /** One request: so many bodies, and so many characters unless a single one has more. */
  bodies: 50,
  requestSize: 50_000,
  /** How long what was taken is not given again: longer than any request lasts. */
  leaseMs: 30_000,
} as const;

/** An array, and its id the key: names of properties may be others in the next version. */
type Row = readonly [body: string, rows: number, leasedUntil: number];

const ROWS = 'rows';

/** What waits for a database that never answers; beyond, memory alone keeps what comes. */
const WAITING = 20;

export function openOfflineStore(
  address: string,
  lose: (reason: LossReason, rows: number) => void,
): Store {
  const name = `retour ${address}`;
  let opening: Promise<IDBDatabase> | undefined;
  let waiting = 0;

  function transact(act: (rows: IDBObjectStore) => void, done?: () => void): void {
    waiting += 1;
    if (waiting > WAITING) return;
    if (!opening) opening = openDatabase(name, close);
    opening
      .then((database) => {
        waiting = 0;
        const transaction = database.transaction(ROWS, 'readwrite');
        act(transaction.objectStore(ROWS));
        if (done) transaction.oncomplete = done; // What failed halfway is not told as done.
      })
      .catch(() => {
        close(); // Full, or not to be had now: tried again next time.
      });
  }

  function close(): void {
    waiting = 0;
    if (opening)
      opening.then(
        (database) => database.close(),
        () => undefined, // It never opened.
      );
    opening = undefined;
  }

  /**
   * Shows all, the newest first; what comes back otherwise is changed, and a reason deletes. What is
   * given up is counted once that is certain: before, another walk may find it again.
   */
  function walk(visit: (row: Row, id: Stored['id']) => Row | LossReason, done?: () => void): void {
    const lost: [LossReason, number][] = [];
    transact(
      (rows) => {
        const request = rows.openCursor(null, 'prev');
        request.onsuccess = () => {
          const cursor = request.result;
          if (!cursor) return;
          const row: Row = cursor.value;
          let next: Row | LossReason = 'internal';
          let count = 1;
          try {
            next = visit(row, cursor.key as unknown as Stored['id']); // As `put` made it.
            count = row[1];
          } catch {
            // Nobody can read it: it goes, and keeps nothing else from going on.
          }
          if (typeof next === 'string') {
            lost.push([next, count]);
            cursor.delete();
          } else if (next !== row) cursor.update(next);
          cursor.continue();
        };
      },
      () => {
        for (const [reason, count] of lost) lose(reason, count);
        if (done) done();
      },
    );
  }

  return {
    put(stored, done) {
      transact((rows) => {
        for (const { id, body, rows: count } of stored) rows.put([body, count, 0], id.slice());
        rows.transaction.commit?.(); // A page that ends cannot wait for its own answers.
      }, done);
    },
    take(done) {
      const { ageMs, bodies, leaseMs, requestSize, size } = OFFLINE_LIMITS;
      const now = Date.now();
      const found: Stored[] = [];
      let seen = 0;
      let taken = 0;
      const visit = (row: Row, id: Stored['id']): Row | LossReason => {
        const [body, rows, until] = row;
        seen += body.length;
        // Whoever sends it now says what becomes of it. A lease beyond its length was written by a
        // clock that has stepped since.
        if (until > now && until <= now + leaseMs) return row;
        if (seen > size) return 'storageFull';
        if (id[0] < now - ageMs) return 'tooOld';
        if (found.length && (found.length >= bodies || taken + body.length > requestSize))
          return row;
        taken += body.length;
        found.push({ id, body, rows });
        return [body, rows, now + leaseMs];
      };
      walk(visit, () => done(found));
    },
    drop(stored) {
      if (!stored.length) return;
      transact((rows) => {
        for (const { id } of stored) rows.delete(id.slice());
      });
    },
    revise(change) {
      walk(([body, rows, until]) => {
        const next = change(body);
        return next === undefined ? 'stopped' : [next, rows, until];
      });
    },
    erase() {
      close();
      // Where databases are missing or forbidden, there is none.
      new Promise(() => window.indexedDB.deleteDatabase(name)).catch(() => undefined);
    },
    close,
  };
}

/** `onGone`: somebody deletes the site's data and must not wait for us, or the browser did. */
function openDatabase(name: string, onGone: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = window.indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(ROWS);
    request.onerror = (event) => {
      event.preventDefault(); // Firefox would tell the page of it.
      reject(event);
    };
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = database.onclose = onGone;
      resolve(database);
    };
  });
}
