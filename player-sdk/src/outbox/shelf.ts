// Moves bodies between memory and the store, where there is one. What is stored is frozen, free for
// every tab, and no longer in memory; what is brought back is leased while it is sent.
import { type Box, freeze, isIdle, remove } from './box.ts';
import type { Parcel } from './parcel.ts';

/** Hands all that is held to the store. Where that fails, memory keeps it. */
export function shelve<P extends Parcel>(box: Box<P>): void {
  const store = box.options.store();
  const moved = box.entries;
  if (!store || !moved.length) return;
  freeze(box, moved);
  for (const entry of moved) entry.stored = true;
  store.put(moved, () => {
    box.shelved = true;
    remove(
      box,
      moved.filter((entry) => isIdle(box, entry)),
    );
  });
}

/** Brings back what is free, of this page or of another; then calls back. */
export function recall<P extends Parcel>(box: Box<P>, then: () => void): void {
  const store = box.options.store();
  if (!store || !box.shelved) return;
  box.shelved = false;
  store.take((found) => {
    if (!found.length || box.stopped) return;
    box.shelved = true;
    for (const { id, body, rows } of found) {
      const known = { parcel: undefined, urgent: true, frozen: true, stored: true, left: false };
      box.entries.push({ id, body, rows, ...known });
    }
    then();
  });
}
